/* Shows the OpenAPI document with the vendored Swagger UI; without this, the page lists it. */
window.addEventListener("DOMContentLoaded", () => {
  document.querySelector("#listed").hidden = true;
  window.SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    validatorUrl: null,
    tryItOutEnabled: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
  });
});
