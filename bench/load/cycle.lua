-- Sends the bodies in the file BENCH_BODIES, one a line, in their order and again from the start.
-- BENCH_RESULT receives what was counted, as JSON.
local requests, following = {}, 0

function init()
  local headers = { ["Content-Type"] = "application/json" }
  local known = {}
  for body in io.lines(os.getenv("BENCH_BODIES")) do
    known[body] = known[body] or wrk.format("POST", "/graphql", headers, body)
    requests[#requests + 1] = known[body]
  end
end

function request()
  following = following % #requests + 1
  return requests[following]
end

function done(summary, latency)
  local errors = summary.errors
  local counted = {
    requests = summary.requests,
    seconds = summary.duration / 1e6,
    bytes = summary.bytes,
    errors = errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    p50_ms = latency:percentile(50) / 1e3,
    p95_ms = latency:percentile(95) / 1e3,
    p99_ms = latency:percentile(99) / 1e3,
    max_ms = latency.max / 1e3,
  }
  local members = {}
  for name, value in pairs(counted) do
    members[#members + 1] = string.format('"%s": %.17g', name, value)
  end
  local file = assert(io.open(os.getenv("BENCH_RESULT"), "w"))
  file:write("{", table.concat(members, ", "), "}")
  file:close()
end
