// What the page can ask: Module.read_link(text), which answers as `sampan tool link` does, with each address beside it.
#include <emscripten.h>

#include <string>
#include <utility>
#include <vector>

#include "shared/core/json.hpp"
#include "shared/marketplace/link.hpp"
#include "shared/marketplace/product_address.hpp"
#include "web/browser/text.hpp"
#include "web/browser/url.hpp"

namespace sampan {
namespace {

struct AddressedProduct {
  IdSpace marketplace{};
  ProductId product_id;
  std::optional<SkuId> sku_id;
  std::string address;
};
FIELDS(AddressedProduct, marketplace, product_id, sku_id, address)

struct LinkChoices {
  std::vector<AddressedProduct> choices;
};
FIELDS(LinkChoices, choices)

struct Refusal {
  std::string code;
  std::string message;
};
FIELDS(Refusal, code, message)

struct LinkRefused {
  Refusal error;
};
FIELDS(LinkRefused, error)

std::string answer_to(std::string_view text) {
  const auto products = read_links(text, parse_url);
  if (!products) return to_json(LinkRefused{{std::string(word(products.error().code)), products.error().sentence}});
  LinkChoices found;
  for (const LinkedProduct& product : *products)
    found.choices.push_back({product.marketplace, product.product_id, product.sku_id, product_address(product)});
  return found.choices.size() == 1 ? to_json(found.choices.front()) : to_json(found);
}

}  // namespace
}  // namespace sampan

// The answer to the given text as JSON; it stays until the next call.
extern "C" EMSCRIPTEN_KEEPALIVE const char* answer_to_given_text() {
  static std::string answer;
  answer = sampan::answer_to(sampan::take_given_text());
  return answer.c_str();
}

EM_JS(void, offer_read_link, (), {
  Module.read_link = function(text) {
    const bytes = new TextEncoder().encode(text);
    const room = _make_room_for_text(bytes.length);
    HEAPU8.set(bytes, room);
    return JSON.parse(UTF8ToString(_answer_to_given_text()));
  };
});

int main() { offer_read_link(); }
