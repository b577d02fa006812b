// A lane's rate card: what it takes, what it refuses, what it costs. Dated data that an operator replaces.
//
// Format  sampan-rate-card/1: a file of cards and of named lists of remote postcodes. Postcodes are prefixes, upper
//         case, without spaces. A price is one of first_step, per_kg_item, band; surcharges are computed in order:
//         first those of fixed and per-kilogram amounts, then those of a percentage `on` "base" and named surcharges.
//         `insurance.cap` is the most value that is insured. An attribute that stands in neither `accept` nor `deny`
//         is asked about: a human decides. `replica` is never shipped.
// Unit    CNY; weights in grams, sizes in centimetres as carriers print them; decimal text is read exactly
// Errors  bad_data for a card that cannot be used, not_offered for a parcel that the lane refuses, overflow
// Source  each card has its own `source`
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/catalog/goods_class.hpp"
#include "shared/quote/chargeable_weight.hpp"
#include "shared/quote/import_rules.hpp"

namespace sampan {

enum class PriceKind { first_step, per_kg_item, band };
WORDS(PriceKind, first_step, per_kg_item, band)

struct PriceBand {
  std::optional<int64_t> upto_g;     // inclusive; the last may have none
  std::optional<RuleAmount> price;   // of the band
  std::optional<RuleAmount> per_kg;  // of the whole weight, each begun kilogram
};
FIELDS(PriceBand, upto_g, price, per_kg)

struct LanePrice {
  PriceKind kind{};
  std::optional<int64_t> first_g;
  std::optional<RuleAmount> first;
  std::optional<int64_t> step_g;
  std::optional<RuleAmount> step;
  std::optional<RuleAmount> per_kg;
  std::optional<RuleAmount> item;
  std::optional<std::vector<PriceBand>> bands;
};
FIELDS(LanePrice, kind, first_g, first, step_g, step, per_kg, item, bands)

enum class SurchargeWhen { always, remote };
WORDS(SurchargeWhen, always, remote)

struct Surcharge {
  std::string id;
  SurchargeWhen when = SurchargeWhen::always;
  std::optional<RuleRate> pct;
  std::optional<std::vector<std::string>> on;  // "base" and ids, of pct
  std::optional<RuleAmount> fixed;             // the greater of this …
  std::optional<RuleAmount> per_kg;            // … and this
  std::optional<Day> valid_from;
  std::optional<Day> valid_until;
};
FIELDS(Surcharge, id, when, pct, on, fixed, per_kg, valid_from, valid_until)

struct LaneInsurance {
  RuleRate pct;
  RuleAmount min;
  RuleAmount cap;
  RuleAmount excess;
};
FIELDS(LaneInsurance, pct, min, cap, excess)

struct LaneSize {
  std::optional<int64_t> max_side_cm;
  std::optional<int64_t> max_sum_cm;    // length + width + height
  std::optional<int64_t> max_girth_cm;  // length + 2 · (width + height)
};
FIELDS(LaneSize, max_side_cm, max_sum_cm, max_girth_cm)

struct LanePostcodes {
  std::vector<std::string> deny;
  std::optional<std::string> remote_list;
};
FIELDS(LanePostcodes, deny, remote_list)

struct LaneDays {
  int64_t min = 0;
  int64_t max = 0;
  int64_t p50 = 0;
};
FIELDS(LaneDays, min, max, p50)

enum class Incoterm { DAP, DDP };
WORDS(Incoterm, DAP, DDP)

struct RateCard {
  std::string id;
  std::string carrier;
  std::map<std::string, std::string> tracking;  // the carrier's code by tracking provider
  Currency currency;
  Day valid_from;
  std::optional<Day> valid_until;
  std::vector<std::string> dest;
  LanePostcodes postcode;
  WeightRule weight;
  LaneSize size;
  LanePrice price;
  std::vector<Surcharge> surcharges;
  LaneDays days;
  Incoterm incoterm = Incoterm::DAP;
  ImportChannel channel = ImportChannel::courier;
  std::vector<GoodsAttribute> accept;
  std::vector<GoodsAttribute> deny;
  std::optional<Money> max_declared;
  std::optional<LaneInsurance> insurance;
  std::optional<Money> lost_limit;
  bool proof_of_delivery = false;
  std::string source;
};
FIELDS(RateCard, id, carrier, tracking, currency, valid_from, valid_until, dest, postcode, weight, size, price,
       surcharges, days, incoterm, channel, accept, deny, max_declared, insurance, lost_limit, proof_of_delivery,
       source)

struct RateCards {
  std::string format;
  std::string revision;
  std::map<std::string, std::vector<std::string>> remote_lists;
  std::vector<RateCard> cards;
};
FIELDS(RateCards, format, revision, remote_lists, cards)

Result<RateCards> parse_rate_cards(std::string_view json);
Result<void> validate(const RateCards& cards);

// A parcel as a lane looks at it.
struct LaneQuestion {
  std::string destination;
  std::string postcode;
  Day day;
  ParcelMeasure parcel;
  std::vector<GoodsAttribute> goods;
  std::vector<Money> declared;  // the goods' value, in each currency in which the caller knows it
};

enum class LaneAnswer { accept, ask, deny };
WORDS(LaneAnswer, accept, ask, deny)

struct Admission {
  LaneAnswer answer = LaneAnswer::accept;
  std::vector<std::string> reasons;  // "goods battery_pure", "weight 31000 g over 30000 g": for the operator
};
FIELDS(Admission, answer, reasons)

Admission admission(const RateCard& card, const LaneQuestion& question);

struct LaneCharge {
  std::string id;  // "base", "fuel", "remote"
  Money amount;
};
FIELDS(LaneCharge, id, amount)

struct LaneCost {
  int64_t chargeable_grams = 0;
  std::vector<LaneCharge> charges;
  Money total;
};
FIELDS(LaneCost, chargeable_grams, charges, total)

Result<bool> is_remote(const RateCards& cards, const RateCard& card, std::string_view postcode);

struct LaneLoad {
  int64_t chargeable_grams = 0;
  bool is_remote = false;
  Day day;
};
Result<LaneCost> lane_cost(const RateCard& card, const LaneLoad& load);

// max(min, pct of the value up to the cap), half to even; not_offered where the lane insures nothing.
Result<Money> insurance_cost(const RateCard& card, Money value);

// The cards that serve that destination on that day.
std::vector<const RateCard*> lanes_to(const RateCards& cards, std::string_view destination, Day day);

// not_found for an id that no card has.
Result<const RateCard*> rate_card_of(const RateCards& cards, std::string_view id);

}  // namespace sampan
