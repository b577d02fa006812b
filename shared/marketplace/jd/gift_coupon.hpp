// A gift coupon of JD's union: what a buyer gets off certain SKUs. Not used when buying; read so that a reply of it is known.
//
// Unit    denomination in yuan; times China's
// Errors  bad_reply with the JSON pointer
// Source  upstream.md 5.1
#pragma once

#include <string>
#include <vector>

#include "shared/marketplace/jd/errors.hpp"

namespace sampan::jd {

struct GiftCoupon {
  std::string key;
  std::string title;
  Money denomination;
  int64_t pieces = 0;
  int64_t received = 0;
  Instant from;
  Instant until;
  std::vector<SkuId> skus;
};
FIELDS(GiftCoupon, key, title, denomination, pieces, received, from, until, skus)

Result<std::vector<GiftCoupon>> parse_gift_coupons(const Json& answer);

}  // namespace sampan::jd
