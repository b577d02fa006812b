#include "shared/marketplace/jd/gift_coupon.hpp"

#include "shared/marketplace/jd/call.hpp"

namespace sampan::jd {
namespace {

Result<Instant> time_at(const Reply& at) {
  const auto time = parse_china_time(at.text());
  if (!time) return at.unreadable("a time");
  return *time;
}

}  // namespace

Result<std::vector<GiftCoupon>> parse_gift_coupons(const Json& answer) {
  std::vector<GiftCoupon> coupons;
  for (const Reply& row : Reply(answer)["data"].items()) {
    GiftCoupon coupon;
    TRY(coupon.key, row["giftCouponKey"].required_text());
    coupon.title = row["couponTitle"].text();
    TRY(coupon.denomination, row["denomination"].required_yuan());
    TRY(coupon.pieces, row["amount"].required_whole());
    coupon.received = row["receiveNum"].whole().value_or(0);
    TRY(coupon.from, time_at(row["useStartTime"]));
    TRY(coupon.until, time_at(row["useEndTime"]));
    for (const Reply& sku : row["skuIdList"].items()) {
      TRY(std::string id, sku.required_id());
      coupon.skus.push_back({std::move(id)});
    }
    coupons.push_back(std::move(coupon));
  }
  return coupons;
}

}  // namespace sampan::jd
