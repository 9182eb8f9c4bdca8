-- SPDX-License-Identifier: MIT
-- purchase.lua - for wrk: durable purchases of two lines, a fresh key each. Arguments: path, token, first person, people,
-- first product, products, run (makes keys unique, 8 characters or more; "": no key is sent). Every request stands ready
-- but for its key: what is put together here takes time from the program that is measured.
local before, after, prefix, n = {}, {}, "", 100000000

function init(args)
  local path, token, run = args[1], args[2], args[7]
  local person, people, product, products = tonumber(args[3]), tonumber(args[4]), tonumber(args[5]), tonumber(args[6])
  local half = math.floor(products / 2)
  prefix = run
  for i = 0, people - 1 do
    local body = '{"employeeId":' .. person + i .. ',"items":[{"productId":' .. product + i % half .. ',"quantity":1},' ..
      '{"productId":' .. product + half + i % half .. ',"quantity":2}]}'
    before[i] = "POST " .. path .. " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " .. token ..
      "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n" .. (run ~= "" and "Idempotency-Key: " or "")
    after[i] = (run ~= "" and "\r\n" or "") .. "\r\n" .. body
  end
end

function request()
  n = n + 1
  local i = n % (#before + 1)
  if prefix == "" then return before[i] .. after[i] end
  return before[i] .. prefix .. n .. after[i]
end
