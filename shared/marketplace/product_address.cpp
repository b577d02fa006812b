#include "shared/marketplace/product_address.hpp"

#include <array>
#include <string_view>

namespace sampan {
namespace {

struct AddressForm {
  IdSpace marketplace;
  std::string_view before_id;
  std::string_view behind_id;
  std::string_view before_sku;  // empty: the address names no SKU
};

constexpr std::array forms{
    AddressForm{IdSpace::taobao, "https://item.taobao.com/item.htm?id=", "", "&skuId="},
    AddressForm{IdSpace::taobao_global, "https://distributor.taobao.global/apps/product/detail?mpId=", "", ""},
    AddressForm{IdSpace::alibaba1688, "https://detail.1688.com/offer/", ".html", ""},
    AddressForm{IdSpace::jd, "https://item.jd.com/", ".html", ""},
};

}  // namespace

std::string product_address(const LinkedProduct& product) {
  std::string address;
  for (const AddressForm& form : forms) {
    if (form.marketplace != product.marketplace) continue;
    address.append(form.before_id).append(product.product_id.value).append(form.behind_id);
    if (product.sku_id && !form.before_sku.empty()) address.append(form.before_sku).append(product.sku_id->value);
  }
  return address;
}

}  // namespace sampan
