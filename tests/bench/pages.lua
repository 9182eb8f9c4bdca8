-- SPDX-License-Identifier: MIT
-- pages.lua - for wrk: the product list by another page and order with each request, ten products a page of 500. The
-- requests stand ready: what is put together here takes time from the program that is measured. Arguments: token.
local all, n = {}, 0

function init(args)
  for _, sort in ipairs({ "name", "-name", "price", "-price" }) do
    for page = 1, 50 do
      all[#all + 1] = "GET /api/v1/products?page=" .. page .. "&limit=10&sort=" .. sort ..
        " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " .. args[1] .. "\r\n\r\n"
    end
  end
end

function request()
  n = n + 73 -- has no divisor in common with 200: neither page nor order stays
  return all[1 + n % #all]
end
