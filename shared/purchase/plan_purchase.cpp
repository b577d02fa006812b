#include <algorithm>

#include "shared/purchase/purchase.hpp"

namespace sampan {
namespace {

// A plan in the making: one line after the other, each by its own policy.
class Planner {
 public:
  Planner(const Purchase& purchase, const std::vector<ProductReading>& readings, Instant now)
      : purchase_(purchase), readings_(readings), now_(now) {}

  Result<PurchasePlan> plan() {
    plan_.lines = purchase_.lines;
    for (PurchaseLine& line : plan_.lines) {
      if (line.quantity == 0) continue;
      TRY(const ProductReading* const reading, reading_of(line));
      settle_stock(line, *reading);
    }
    if (plan_.wait_until) {
      plan_.act = PlanAct::wait;
      return plan_;
    }
    // Prices come after quantities: fewer pieces may mean a dearer tier, and too few are not sold at all.
    TRY(bool gave_up, give_up_a_line());
    while (gave_up) {
      TRY(gave_up, give_up_a_line());
    }
    for (PurchaseLine& line : plan_.lines)
      if (line.quantity > 0) TRY_DO(settle_price(line));
    return plan_;
  }

 private:
  Result<const ProductReading*> reading_of(const PurchaseLine& line) const {
    for (const ProductReading& reading : readings_)
      if (reading.product.key == line.product) return &reading;
    return fail(ErrorCode::bad_data, "A product was not read before its purchase.", line.product.product_id.value);
  }

  // How many of `wanted` there are beside the pieces that other lines take of the same SKU.
  static int64_t buyable(const ProductReading& reading, const SkuId& sku_id, int64_t wanted, int64_t taken) {
    if (!reading.product.is_on_sale || !sku_of(reading.product, sku_id)) return 0;
    return std::max<int64_t>(available(stock_of(reading, sku_id), taken + wanted) - taken, 0);
  }

  // A line's own SKU is shared with the lines before it, a substitute with every other line.
  int64_t taken_before(const PurchaseLine& line) const {
    int64_t pieces = 0;
    for (const PurchaseLine& other : plan_.lines) {
      if (&other == &line) break;
      if (other.product == line.product && other.sku_id == line.sku_id) pieces += other.quantity;
    }
    return pieces;
  }
  int64_t taken_by_others(const PurchaseLine& line, const SkuId& sku_id) const {
    int64_t pieces = 0;
    for (const PurchaseLine& other : plan_.lines)
      if (&other != &line && other.product == line.product && other.sku_id == sku_id) pieces += other.quantity;
    return pieces;
  }

  void settle_stock(PurchaseLine& line, const ProductReading& reading) {
    const int64_t there = buyable(reading, line.sku_id, line.quantity, taken_before(line));
    if (there >= line.quantity) return;
    if (substitute(line, reading)) return;
    if (line.policy.may_take_fewer && take_fewer(line, reading.product, there)) return;
    if (wait(line)) return;
    give_up(line, LineLoss::sold_out, "The seller has no more of it.");
  }

  bool substitute(PurchaseLine& line, const ProductReading& reading) {
    for (const SkuId& sku_id : line.policy.substitutes) {
      const auto sku = sku_of(reading.product, sku_id);
      if (!sku || buyable(reading, sku_id, line.quantity, taken_by_others(line, sku_id)) < line.quantity) continue;
      const auto price = unit_price_at(reading.product, *sku, pieces_of(line.product));
      if (!price || line.unit_price < *price) continue;
      line.sku_id = sku_id;
      line.order_key = sku->order_key;
      plan_.why.emplace_back("The seller has no more of the chosen variant; the next best of your list is bought.");
      return true;
    }
    return false;
  }

  bool take_fewer(PurchaseLine& line, const Product& product, int64_t there) {
    const int64_t others = pieces_of(line.product) - line.quantity;
    const int64_t fewer = product.lot_size > 1 ? there - (others + there) % product.lot_size : there;
    if (fewer < 1 || others + fewer < product.moq) return false;
    line.quantity = fewer;
    plan_.losses.push_back(LineLoss::sold_out);
    plan_.why.emplace_back("The seller has fewer than ordered; what there is, is bought.");
    return true;
  }

  bool wait(const PurchaseLine& line) {
    if (line.policy.wait_days == 0) return false;
    const Instant until = purchase_.waiting_since.value_or(now_) + days(line.policy.wait_days);
    if (until <= now_) return false;
    plan_.wait_until = plan_.wait_until ? std::min(*plan_.wait_until, until) : until;
    plan_.why.emplace_back("The seller has no more of it; we wait for new stock.");
    return true;
  }

  Result<UnitPrice> price_of(const PurchaseLine& line) const {
    TRY(const ProductReading* const reading, reading_of(line));
    TRY(const Sku sku, sku_of(reading->product, line.sku_id));
    return unit_price_at(reading->product, sku, pieces_of(line.product));
  }

  // The first that the seller would refuse, or that is dearer than its ceiling; false when all are wanted.
  Result<bool> give_up_a_line() {
    for (PurchaseLine& line : plan_.lines) {
      if (line.quantity == 0) continue;
      TRY(const ProductReading* const reading, reading_of(line));
      if (!check_quantity(reading->product, pieces_of(line.product))) {
        give_up(line, LineLoss::sold_out, "The seller does not sell as few as are left.");
        return true;
      }
      TRY(const UnitPrice price, price_of(line));
      if (line.unit_price < price && line.policy.ceiling && *line.policy.ceiling < price) {
        give_up(line, LineLoss::too_dear, "The seller asks more than your ceiling.");
        return true;
      }
    }
    return false;
  }

  Result<void> settle_price(PurchaseLine& line) {
    TRY(const UnitPrice price, price_of(line));
    if (line.unit_price < price) {
      plan_.act = PlanAct::hold;
      plan_.why.emplace_back("The seller asks more than was quoted.");
    }
    line.unit_price = price;
    return done();
  }

  void give_up(PurchaseLine& line, LineLoss loss, const char* why) {
    line.quantity = 0;
    plan_.losses.push_back(loss);
    plan_.cancels_set = plan_.cancels_set || line.policy.cancels_set;
    plan_.why.emplace_back(why);
  }

  // Of the whole product: tiers and MOQ count by it.
  int64_t pieces_of(const ProductKey& product) const {
    int64_t pieces = 0;
    for (const PurchaseLine& line : plan_.lines)
      if (line.product == product) pieces += line.quantity;
    return pieces;
  }

  const Purchase& purchase_;
  const std::vector<ProductReading>& readings_;
  Instant now_;
  PurchasePlan plan_;
};

}  // namespace

Result<PurchasePlan> plan_purchase(const Purchase& purchase, const std::vector<ProductReading>& readings, Instant now) {
  return Planner(purchase, readings, now).plan();
}

}  // namespace sampan
