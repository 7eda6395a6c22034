-- Sends the requests of a file, one a line, in their order. With a mark, a comment at the end of
-- each query makes its text one that was never sent before; the query is the last parameter.

local lines, mark, sent = {}, "", 0

function init(args)
  for line in io.lines(args[1]) do
    lines[#lines + 1] = line
  end
  mark = args[2] or ""
end

function request()
  local line = lines[sent % #lines + 1]
  sent = sent + 1
  if mark ~= "" then
    line = line .. "%0A%23" .. mark .. sent
  end
  return wrk.format("GET", line)
end

function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format(
    'result {"answers": %d, "refused": %d, "broken": %d, "microseconds": %d, "bytes": %d, "p50": %d, "p99": %d}\n',
    summary.requests, failed.status, failed.connect + failed.read + failed.write + failed.timeout,
    summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99)))
end
