// What a lane bills: the scale's weight or the size as weight, whichever its rule says, rounded up to its step.
//
// Unit    grams and cubic millimetres, integers only: a volume in mm³ over the lane's divisor (cm³ per kg) is grams
// Range   up to 10^9 grams and 10^15 mm³; a value that is already on a step stays
// Errors  bad_input, overflow
// Source  the carriers' published billing rules; the families are listed with VolumeRule
#pragma once

#include <cstdint>
#include <optional>

#include "shared/catalog/product.hpp"

namespace sampan {

enum class VolumeRule {
  never,                // post small packets
  always,               // express
  side_at_least,        // EMS: only when a side reaches volume_min_side_cm
  half_bubble,          // some air lines: the mean of both, where size is more
  ignored_under_double  // others: size counts from twice the weight on
};
WORDS(VolumeRule, never, always, side_at_least, half_bubble, ignored_under_double)

struct WeightRule {
  std::optional<int64_t> divisor;  // cm³ per kg; absent where size never counts
  VolumeRule volume = VolumeRule::never;
  std::optional<int64_t> volume_min_side_cm;
  int64_t step_g = 1;
  int64_t min_g = 0;
  int64_t max_g = 0;
};
FIELDS(WeightRule, divisor, volume, volume_min_side_cm, step_g, min_g, max_g)

struct ParcelMeasure {
  int64_t weight_grams = 0;
  PackedSize size;
};
FIELDS(ParcelMeasure, weight_grams, size)

struct MeasuredPiece {
  int64_t quantity = 1;
  int64_t weight_grams = 0;
  PackedSize size;
};
FIELDS(MeasuredPiece, quantity, weight_grams, size)

// The sides from the longest to the shortest.
PackedSize sorted_sides(const PackedSize& size);

// A box before anything is packed: the pieces' longest sides, made high enough for all of them and 15 % of air.
Result<ParcelMeasure> packing_estimate(const std::vector<MeasuredPiece>& pieces, int64_t packaging_grams);

Result<int64_t> chargeable_grams(const WeightRule& rule, const ParcelMeasure& parcel);

}  // namespace sampan
