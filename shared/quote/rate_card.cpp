#include "shared/quote/rate_card.hpp"

#include <algorithm>
#include <set>

#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

// CNY 1,000,000: a price a gram for the heaviest parcel still fits.
constexpr int64_t most_card_amount = 10'000'000'000;

tl::unexpected<Error> bad(const std::string& card, std::string_view why) {
  return fail(ErrorCode::bad_data, "The rate cards cannot be used: card " + card + " " + std::string(why),
              "rate card " + card);
}

template <class T>
bool lists(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool starts_with_any(const std::string& postcode, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& each) { return postcode.rfind(each, 0) == 0; });
}

bool has_all_of(const LanePrice& price) {
  if (price.kind == PriceKind::first_step)
    return price.first_g && price.first && price.step_g && *price.step_g > 0 && price.step;
  if (price.kind == PriceKind::per_kg_item) return price.per_kg && price.item;
  return price.bands && !price.bands->empty();
}

Result<void> check_bands(const RateCard& card) {
  int64_t before = 0;
  for (const PriceBand& band : card.price.bands.value_or(std::vector<PriceBand>{})) {
    if (band.price.has_value() == band.per_kg.has_value()) return bad(card.id, "has a band that needs one price.");
    if (band.upto_g && *band.upto_g <= before) return bad(card.id, "has bands that do not rise.");
    if (!band.upto_g && &band != &card.price.bands->back())
      return bad(card.id, "has an open band that is not the last.");
    before = band.upto_g.value_or(before);
  }
  return done();
}

Result<void> check_surcharges(const RateCard& card) {
  std::set<std::string> known{"base"};
  for (const Surcharge& each : card.surcharges) {
    const bool is_amount = each.fixed || each.per_kg;
    if (each.pct.has_value() == is_amount)
      return bad(card.id, "has a surcharge that is neither a percentage nor an amount.");
    if (each.pct && each.pct->from != RateFrom::text)
      return bad(card.id, "has a surcharge without a percentage of its own.");
    if (!known.insert(each.id).second) return bad(card.id, "has two surcharges of one name.");
  }
  for (const Surcharge& each : card.surcharges)
    for (const std::string& base : each.on.value_or(std::vector<std::string>{}))
      if (known.count(base) == 0 || base == each.id) return bad(card.id, "has a surcharge on something unknown.");
  return done();
}

Result<void> check_amounts(const RateCard& card) {
  std::vector<std::optional<RuleAmount>> amounts{card.price.first, card.price.step, card.price.per_kg, card.price.item};
  for (const PriceBand& band : card.price.bands.value_or(std::vector<PriceBand>{})) {
    amounts.push_back(band.price);
    amounts.push_back(band.per_kg);
  }
  for (const Surcharge& each : card.surcharges) {
    amounts.push_back(each.fixed);
    amounts.push_back(each.per_kg);
  }
  if (card.insurance) {
    amounts.push_back(card.insurance->min);
    amounts.push_back(card.insurance->cap);
  }
  for (const std::optional<RuleAmount>& amount : amounts)
    if (amount && (amount->ten_thousandths < 0 || amount->ten_thousandths > most_card_amount ||
                   !minor_of(*amount, card.currency)))
      return bad(card.id, "has an amount out of range.");
  return done();
}

Result<void> check_card(const RateCards& cards, const RateCard& card) {
  if (card.id.empty() || card.dest.empty()) return bad(card.id, "needs an id and a destination.");
  if (card.currency != cny()) return bad(card.id, "is not in CNY.");
  if (card.weight.step_g <= 0 || card.weight.max_g <= 0 || card.weight.min_g < 0)
    return bad(card.id, "needs a weight step and a limit.");
  if (card.weight.volume != VolumeRule::never && card.weight.divisor.value_or(0) <= 0)
    return bad(card.id, "needs a divisor.");
  if (card.weight.volume == VolumeRule::side_at_least && !card.weight.volume_min_side_cm)
    return bad(card.id, "needs a side.");
  if (!has_all_of(card.price)) return bad(card.id, "has an incomplete price.");
  if (card.insurance && card.insurance->pct.from != RateFrom::text) return bad(card.id, "has no insurance rate.");
  if (card.postcode.remote_list && cards.remote_lists.count(*card.postcode.remote_list) == 0)
    return bad(card.id, "names a remote list that is not there.");
  for (const GoodsAttribute each : card.accept)
    if (lists(card.deny, each)) return bad(card.id, "both accepts and denies " + std::string(word(each)) + ".");
  TRY_DO(check_bands(card));
  TRY_DO(check_surcharges(card));
  return check_amounts(card);
}

// `amount` a kilogram, for `grams`.
Result<int64_t> per_kilogram(RuleAmount amount, int64_t grams, Currency currency) {
  TRY(const int64_t per_kg, minor_of(amount, currency));
  return divide(static_cast<__int128>(per_kg) * grams, 1000, Rounding::half_even);
}

Result<int64_t> band_price(const RateCard& card, int64_t grams) {
  for (const PriceBand& band : *card.price.bands) {
    if (band.upto_g && grams > *band.upto_g) continue;
    if (band.price) return minor_of(*band.price, card.currency);
    TRY(const int64_t kilograms, divide(grams, 1000, Rounding::up));
    return per_kilogram(*band.per_kg, kilograms * 1000, card.currency);
  }
  return fail(ErrorCode::not_offered, "This parcel is too heavy for this lane.", card.id);
}

Result<int64_t> base_price(const RateCard& card, int64_t grams) {
  const LanePrice& price = card.price;
  if (price.kind == PriceKind::band) return band_price(card, grams);
  if (price.kind == PriceKind::per_kg_item) {
    TRY(const int64_t weight, per_kilogram(*price.per_kg, grams, card.currency));
    TRY(const int64_t item, minor_of(*price.item, card.currency));
    return weight + item;
  }
  TRY(const int64_t first, minor_of(*price.first, card.currency));
  TRY(const int64_t step, minor_of(*price.step, card.currency));
  if (grams <= *price.first_g) return first;
  TRY(const int64_t steps, divide(grams - *price.first_g, *price.step_g, Rounding::up));
  return first + steps * step;
}

bool applies(const Surcharge& surcharge, const LaneLoad& load) {
  if (surcharge.when == SurchargeWhen::remote && !load.is_remote) return false;
  return is_valid_on(surcharge.valid_from.value_or(load.day), surcharge.valid_until, load.day);
}

Result<int64_t> amount_surcharge(const RateCard& card, const Surcharge& surcharge, int64_t grams) {
  TRY(const int64_t fixed, minor_of(surcharge.fixed.value_or(RuleAmount{}), card.currency));
  TRY(const int64_t by_weight, per_kilogram(surcharge.per_kg.value_or(RuleAmount{}), grams, card.currency));
  return std::max(fixed, by_weight);
}

Result<int64_t> percent_surcharge(const Surcharge& surcharge, const std::vector<LaneCharge>& charges) {
  int64_t base = 0;
  for (const LaneCharge& charge : charges)
    if (lists(surcharge.on.value_or(std::vector<std::string>{"base"}), charge.id)) base += charge.amount.minor;
  return divide(static_cast<__int128>(base) * surcharge.pct->millionths, whole_rate, Rounding::half_even);
}

void refuse(Admission& admission, LaneAnswer answer, std::string reason) {
  admission.answer = std::max(admission.answer, answer);
  admission.reasons.push_back(std::move(reason));
}

std::string over(std::string_view what, int64_t value, int64_t limit, std::string_view unit) {
  return std::string(what) + " " + std::to_string(value) + " " + std::string(unit) + " over " + std::to_string(limit) +
         " " + std::string(unit);
}

void judge_size(const RateCard& card, const ParcelMeasure& parcel, Admission& admission) {
  const PackedSize sides = sorted_sides(parcel.size);
  const auto limit = [&](std::string_view what, int64_t mm, const std::optional<int64_t>& cm) {
    if (cm && mm > *cm * 10) refuse(admission, LaneAnswer::deny, over(what, mm, *cm * 10, "mm"));
  };
  limit("side", sides.length_mm, card.size.max_side_cm);
  limit("sum of sides", sides.length_mm + sides.width_mm + sides.height_mm, card.size.max_sum_cm);
  limit("girth", sides.length_mm + 2 * (sides.width_mm + sides.height_mm), card.size.max_girth_cm);
  if (parcel.weight_grams > card.weight.max_g)
    refuse(admission, LaneAnswer::deny, over("weight", parcel.weight_grams, card.weight.max_g, "g"));
}

void judge_goods(const RateCard& card, const std::vector<GoodsAttribute>& goods, Admission& admission) {
  for (const GoodsAttribute each : goods) {
    if (each == GoodsAttribute::replica || lists(card.deny, each))
      refuse(admission, LaneAnswer::deny, "goods " + std::string(word(each)));
    else if (!lists(card.accept, each))
      refuse(admission, LaneAnswer::ask, "goods " + std::string(word(each)));
  }
  if (goods.empty()) refuse(admission, LaneAnswer::ask, "goods unknown");
}

void judge_value(const RateCard& card, const std::vector<Money>& declared, Admission& admission) {
  if (!card.max_declared) return;
  const Money limit = *card.max_declared;
  const auto known = std::find_if(declared.begin(), declared.end(),
                                  [&](const Money& each) { return each.currency == limit.currency; });
  if (known == declared.end())
    refuse(admission, LaneAnswer::ask, "declared value is not known in " + std::string(limit.currency.code()));
  else if (known->minor > limit.minor)
    refuse(admission, LaneAnswer::deny, "declared " + text(*known) + " over " + text(limit));
}

}  // namespace

Result<RateCards> parse_rate_cards(std::string_view json) {
  auto cards = from_json<RateCards>(json);
  if (!cards)
    return fail(ErrorCode::bad_data, "The rate cards cannot be read: " + cards.error().sentence, cards.error().context);
  TRY_DO(validate(*cards));
  return cards;
}

Result<void> validate(const RateCards& cards) {
  if (cards.format != "sampan-rate-card/1")
    return fail(ErrorCode::bad_data, "The rate cards cannot be used: the format is not sampan-rate-card/1.");
  std::set<std::string> ids;
  for (const RateCard& card : cards.cards) {
    if (!ids.insert(card.id).second) return bad(card.id, "is there twice.");
    TRY_DO(check_card(cards, card));
  }
  return done();
}

Admission admission(const RateCard& card, const LaneQuestion& question) {
  Admission found;
  if (!lists(card.dest, question.destination)) refuse(found, LaneAnswer::deny, "destination " + question.destination);
  if (!is_valid_on(card.valid_from, card.valid_until, question.day))
    refuse(found, LaneAnswer::deny, "day " + text(question.day));
  if (starts_with_any(compact_postcode(question.postcode), card.postcode.deny))
    refuse(found, LaneAnswer::deny, "postcode " + question.postcode);
  judge_size(card, question.parcel, found);
  judge_goods(card, question.goods, found);
  judge_value(card, question.declared, found);
  return found;
}

Result<bool> is_remote(const RateCards& cards, const RateCard& card, std::string_view postcode) {
  if (!card.postcode.remote_list) return false;
  const auto list = cards.remote_lists.find(*card.postcode.remote_list);
  if (list == cards.remote_lists.end()) return bad(card.id, "names a remote list that is not there.");
  return starts_with_any(compact_postcode(postcode), list->second);
}

Result<LaneCost> lane_cost(const RateCard& card, const LaneLoad& load) {
  const int64_t grams = load.chargeable_grams;
  if (grams < 0) return fail(ErrorCode::bad_input, "A weight cannot be negative.");
  LaneCost cost;
  cost.chargeable_grams = grams;
  TRY(const int64_t base, base_price(card, grams));
  cost.charges.push_back({"base", {base, card.currency}});
  for (const bool is_percent : {false, true})
    for (const Surcharge& each : card.surcharges) {
      if (each.pct.has_value() != is_percent || !applies(each, load)) continue;
      TRY(const int64_t minor,
          is_percent ? percent_surcharge(each, cost.charges) : amount_surcharge(card, each, grams));
      cost.charges.push_back({each.id, {minor, card.currency}});
    }
  std::vector<Money> amounts;
  for (const LaneCharge& charge : cost.charges) amounts.push_back(charge.amount);
  TRY(cost.total, sum(card.currency, amounts));
  return cost;
}

Result<Money> insurance_cost(const RateCard& card, Money value) {
  if (!card.insurance) return fail(ErrorCode::not_offered, "This lane offers no insurance.", card.id);
  if (value.currency != card.currency)
    return fail(ErrorCode::currency_mismatch, "Insurance is computed in the lane's currency.", card.id);
  TRY(const int64_t least, minor_of(card.insurance->min, card.currency));
  TRY(const int64_t cap, minor_of(card.insurance->cap, card.currency));
  TRY(const int64_t share, divide(static_cast<__int128>(std::min(value.minor, cap)) * card.insurance->pct.millionths,
                                  whole_rate, Rounding::half_even));
  return Money{std::max(least, share), card.currency};
}

std::vector<const RateCard*> lanes_to(const RateCards& cards, std::string_view destination, Day day) {
  std::vector<const RateCard*> lanes;
  for (const RateCard& card : cards.cards)
    if (lists(card.dest, std::string(destination)) && is_valid_on(card.valid_from, card.valid_until, day))
      lanes.push_back(&card);
  return lanes;
}

Result<const RateCard*> rate_card_of(const RateCards& cards, std::string_view id) {
  for (const RateCard& card : cards.cards)
    if (card.id == id) return &card;
  return fail(ErrorCode::not_found, "There is no such lane.", std::string(id.substr(0, 40)));
}

}  // namespace sampan
