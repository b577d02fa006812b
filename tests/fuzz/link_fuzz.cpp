// Any bytes pasted as a link: an answer, and ids that are ids.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "proxy/marketplace/url.hpp"
#include "shared/marketplace/link.hpp"

namespace {

bool is_id(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() >= 5 && text.size() <= 19 && text[0] != '0' && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto products = sampan::read_links({reinterpret_cast<const char*>(data), size}, sampan::parse_url);
  if (!products) return 0;
  if (products->empty()) std::abort();
  for (const sampan::LinkedProduct& product : *products) {
    if (!is_id(product.product_id.value)) std::abort();
    if (product.sku_id && !is_id(product.sku_id->value)) std::abort();
    if (product.sku_id && product.marketplace != sampan::IdSpace::taobao) std::abort();
  }
  return 0;
}
