// Reading Taobao through TOP: for an operator with an app of the affiliate programme and no contract with Taobao Global. Nothing
// that is read here can be ordered.
//
// Shape   no state, no threads: as safe to share as `send`, `sign` and `now` are
// Errors  retry_later, quota, auth, bad_request, rejected, bad_reply; not_found of a product that has no row
// Source  upstream.md 2
// Test    tests/unit/marketplace/taobao_top_test.cpp
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "shared/core/http.hpp"
#include "shared/marketplace/marketplace.hpp"
#include "shared/marketplace/taobao/call.hpp"

namespace sampan {

struct TaobaoReaderSettings {
  std::string app_key;
  std::string adzone_id;  // where the affiliate's links stand
};

class TaobaoReader {
 public:
  // The signature of a call, HMAC-SHA256 in upper hex. The secret stays with whoever made this.
  using SignCall = std::function<std::string(const std::vector<Parameter>& parameters)>;

  TaobaoReader(TaobaoReaderSettings settings, HttpSend send, SignCall sign, std::function<Instant()> now);

  Result<SearchPage> search(const ProductSearch& search);
  Result<ProductReading> read_product(const ProductId& product_id);

 private:
  template <class Parse>
  auto read(const taobao::TopCall& call, const Parse& parse);

  TaobaoReaderSettings settings_;
  HttpSend send_;
  SignCall sign_;
  std::function<Instant()> now_;
};

}  // namespace sampan
