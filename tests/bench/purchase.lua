-- SPDX-License-Identifier: MIT
-- wrk script: durable purchases of two lines, a fresh key each. Arguments: token, people, run (makes keys unique), shape
-- ("ours" sends an Idempotency-Key; "peer" has none).
local token, people, run, shape, n = "", 1, "", "", 0

function init(args)
  token, people, run, shape = args[1], tonumber(args[2]), args[3], args[4]
end

function request()
  n = n + 1
  local body = string.format(
    '{"employeeId":%d,"items":[{"productId":%d,"quantity":1},{"productId":%d,"quantity":2}]}',
    1 + n % people, 1 + n % 20, 21 + n % 20)
  local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. token }
  if shape == "ours" then
    headers["Idempotency-Key"] = string.format("%s-%012d", run, n)
  end
  return wrk.format("POST", nil, headers, body)
end
