#include "shared/marketplace/product_address.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace sampan;

TEST_CASE("a product's address is its page at the marketplace, with the SKU where the page knows one", "[link]") {
  struct Case {
    LinkedProduct product;
    const char* address;
  };
  const Case c = GENERATE(values<Case>({
      {{IdSpace::taobao, ProductId{"703446760426"}, {}}, "https://item.taobao.com/item.htm?id=703446760426"},
      {{IdSpace::taobao, ProductId{"703446760426"}, SkuId{"4984126341234"}},
       "https://item.taobao.com/item.htm?id=703446760426&skuId=4984126341234"},
      {{IdSpace::taobao_global, ProductId{"2048153758314474"}, {}},
       "https://distributor.taobao.global/apps/product/detail?mpId=2048153758314474"},
      {{IdSpace::alibaba1688, ProductId{"676651652931"}, {}}, "https://detail.1688.com/offer/676651652931.html"},
      {{IdSpace::jd, ProductId{"100012043978"}, {}}, "https://item.jd.com/100012043978.html"},
  }));
  CAPTURE(c.address);
  CHECK(product_address(c.product) == c.address);
}
