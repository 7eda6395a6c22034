// The citation network, drawn. What it shows stands in the table above it too.
"use strict";

const place = document.getElementById("network");

function colours() {
  const style = getComputedStyle(document.body);
  return { ink: style.color, paper: style.backgroundColor };
}

function short(text) {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function draw({ elements }) {
  const cited = new Map();
  for (const { data } of elements.edges) {
    cited.set(data.target, (cited.get(data.target) || 0) + 1);
  }
  const { ink, paper } = colours();
  // A name without a symbol is told by its title, as much of it as there is room for.
  const called = (node) => node.data("symbol") || short(node.data("label") || node.id());
  const size = (node) => 12 + 6 * Math.sqrt(cited.get(node.id()) || 0);
  const view = window.cytoscape({
    container: place,
    elements,
    minZoom: 0.1,
    maxZoom: 4,
    layout: {
      name: "concentric",
      concentric: (node) => node.degree(),
      levelWidth: () => 1,
      minNodeSpacing: 14,
      animate: false,
    },
    style: [
      {
        selector: "node",
        style: {
          label: called, "font-size": 9, color: ink, width: size, height: size,
          "background-color": "#3a6ea5", "text-outline-color": paper, "text-outline-width": 1,
        },
      },
      { selector: "node[type = 'TextUnit']", style: { shape: "rectangle" } },
      {
        selector: "edge",
        style: {
          width: 1, "line-color": "#8a8a8a", "curve-style": "bezier", opacity: 0.6,
          "target-arrow-shape": "triangle", "target-arrow-color": "#8a8a8a", "arrow-scale": 0.6,
        },
      },
      { selector: ".apart", style: { opacity: 0.12 } },
    ],
  });
  view.fit(undefined, 30);
  if (view.zoom() > 1.6) view.zoom(1.6).center();
  view.on("tap", "node", ({ target }) => {
    view.elements().addClass("apart");
    target.closedNeighborhood().removeClass("apart");
  });
  view.on("tap", (event) => {
    if (event.target === view) view.elements().removeClass("apart");
  });
}

fetch(place.dataset.source)
  .then((answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  })
  .then(draw)
  .catch((problem) => { place.textContent = problem.message; });
