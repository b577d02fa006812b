// Where a product stands at its marketplace: the address that a shopper can open, without anything that tracks.
//
// Shape   "https://item.taobao.com/item.htm?id=703446760426&skuId=4984126341234"
// Source  upstream.md 7: the forms that read_links reads back as the same product
#pragma once

#include <string>

#include "shared/marketplace/link.hpp"

namespace sampan {

std::string product_address(const LinkedProduct& product);

}  // namespace sampan
