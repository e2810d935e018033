-- Sends prepared requests one after the other, each thread its own part, and reports latencies and
-- every status it saw. The file holds one request per line: METHOD<TAB>PATH<TAB>TOKEN<TAB>KEY<TAB>BODY
local counter = 1
local threads = {}

function setup(thread)
  thread:set("id", counter)
  table.insert(threads, thread)
  counter = counter + 1
end

function init(args)
  prepared, position, statuses = {}, 0, {}
  local total = tonumber(args[2])
  local n = 0
  for line in io.lines(args[1]) do
    n = n + 1
    if n % total == id % total then
      local method, path, token, key, body = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)")
      local headers = { ["Authorization"] = "Bearer " .. token, ["Host"] = "localhost" }
      if key ~= "" then headers["Idempotency-Key"] = key end
      if body ~= "" then headers["Content-Type"] = "application/json" end
      table.insert(prepared, wrk.format(method, path, headers, body ~= "" and body or nil))
    end
  end
  s200, s201, s409, sother, last = 0, 0, 0, 0, 0
end

function request()
  position = position + 1
  if position > #prepared then
    if prepared.again == false then wrk.thread:stop() end
    position = 1
  end
  return prepared[position]
end

function response(status)
  if status == 200 then s200 = s200 + 1
  elseif status == 201 then s201 = s201 + 1
  elseif status == 409 then s409 = s409 + 1
  else sother = sother + 1; last = status end
end

function done(summary, latency, requests)
  local s = { 0, 0, 0, 0, 0 }
  for _, thread in ipairs(threads) do
    s[1] = s[1] + thread:get("s200")
    s[2] = s[2] + thread:get("s201")
    s[3] = s[3] + thread:get("s409")
    s[4] = s[4] + thread:get("sother")
    s[5] = thread:get("last")
  end
  io.write(string.format(
    '\nRESULT {"seconds": %.3f, "requests": %d, "p50_ms": %.2f, "p99_ms": %.2f, "max_ms": %.2f, "s200": %d, "s201": %d, "s409": %d, "other": %d, "last_other": %d, "socket_errors": %d}\n',
    summary.duration / 1e6, summary.requests, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, s[1], s[2], s[3], s[4], s[5],
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
