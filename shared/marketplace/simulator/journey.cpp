#include "shared/marketplace/simulator/journey.hpp"

#include <array>
#include <string>

#include "shared/marketplace/simulator/fate.hpp"

namespace sampan {
namespace {

// Each bucket of dispatch_per_mille: its first day and how many days it spans.
struct Bucket {
  int64_t first_day;
  int64_t days;
};
constexpr std::array buckets = {Bucket{0, 1}, Bucket{1, 1}, Bucket{2, 1}, Bucket{3, 1}, Bucket{4, 4}, Bucket{8, 5}};

struct Courier {
  std::string_view name;
  std::string_view prefix;
};
constexpr std::array couriers = {Courier{"中通快递", "78"}, Courier{"圆通速递", "YT"}, Courier{"韵达快递", "46"},
                                 Courier{"顺丰速运", "SF"}};

constexpr int64_t first_order_id = 2'000'000'000'000'000'000;
constexpr int64_t order_id_step = 1'000'000'000'000;
constexpr int64_t waybill_digits = 10'000'000'000'000;

}  // namespace

Duration time_to_dispatch(const CatalogueSeller& seller, int64_t seed, const UpstreamOrderId& order) {
  int64_t draw = fate_below(1000, seed, "dispatch " + order.value);
  size_t bucket = 0;
  while (bucket + 1 < buckets.size() && draw >= seller.dispatch_per_mille[bucket])
    draw -= seller.dispatch_per_mille[bucket++];
  const int64_t day = buckets[bucket].first_day + fate_below(buckets[bucket].days, seed, "day " + order.value);
  return hours(day * 24 + 1 + fate_below(8, seed, "hour " + order.value));
}

Duration time_to_warehouse(int64_t seed, const UpstreamOrderId& order) {
  return hours(24 + fate_below(72, seed, "road " + order.value));
}

UpstreamShipment shipment_of(int64_t seed, const UpstreamOrderId& order) {
  const Courier& courier = couriers[fate(seed, "courier " + order.value) % couriers.size()];
  const int64_t number = waybill_digits + fate_below(waybill_digits, seed, "waybill " + order.value);
  return {std::string(courier.name), {std::string(courier.prefix) + std::to_string(number).substr(1)}};
}

UpstreamOrderId upstream_order_id(int64_t seed, size_t nth) {
  const int64_t base = first_order_id + static_cast<int64_t>(nth) * order_id_step;
  return {std::to_string(base + fate_below(order_id_step, seed, "order " + std::to_string(nth)))};
}

}  // namespace sampan
