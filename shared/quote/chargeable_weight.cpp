#include "shared/quote/chargeable_weight.hpp"

#include <algorithm>
#include <array>

#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

constexpr int64_t most_grams = 1'000'000'000;
constexpr int64_t longest_side_mm = 100'000;
constexpr int64_t most_pieces = 100'000;
constexpr int64_t air_percent = 115;

Result<void> check(int64_t grams, const PackedSize& size) {
  const std::array numbers{grams, size.length_mm, size.width_mm, size.height_mm};
  if (std::any_of(numbers.begin(), numbers.end(), [](int64_t n) { return n < 0; }))
    return fail(ErrorCode::bad_input, "A weight or a size cannot be negative.");
  if (grams > most_grams || std::max({size.length_mm, size.width_mm, size.height_mm}) > longest_side_mm)
    return fail(ErrorCode::overflow, "This is too heavy or too large for a parcel.");
  return done();
}

__int128 volume_mm3(const PackedSize& size) {
  return static_cast<__int128>(size.length_mm) * size.width_mm * size.height_mm;
}

bool size_counts(const WeightRule& rule, const ParcelMeasure& parcel, __int128 volume) {
  switch (rule.volume) {
    case VolumeRule::never: return false;
    case VolumeRule::always:
    case VolumeRule::half_bubble: return true;
    case VolumeRule::side_at_least:
      return sorted_sides(parcel.size).length_mm >= rule.volume_min_side_cm.value_or(0) * 10;
    case VolumeRule::ignored_under_double:
      return volume >= static_cast<__int128>(parcel.weight_grams) * 2 * *rule.divisor;
  }
  return false;
}

}  // namespace

PackedSize sorted_sides(const PackedSize& size) {
  std::array sides{size.length_mm, size.width_mm, size.height_mm};
  std::sort(sides.rbegin(), sides.rend());
  return {sides[0], sides[1], sides[2]};
}

Result<ParcelMeasure> packing_estimate(const std::vector<MeasuredPiece>& pieces, int64_t packaging_grams) {
  ParcelMeasure parcel;
  __int128 volume = 0;
  __int128 grams = packaging_grams;
  for (const MeasuredPiece& piece : pieces) {
    TRY_DO(check(piece.weight_grams, piece.size));
    if (piece.quantity < 0 || piece.quantity > most_pieces)
      return fail(ErrorCode::bad_input, "This is no number of pieces.");
    const PackedSize sides = sorted_sides(piece.size);
    parcel.size.length_mm = std::max(parcel.size.length_mm, sides.length_mm);
    parcel.size.width_mm = std::max(parcel.size.width_mm, sides.width_mm);
    parcel.size.height_mm = std::max(parcel.size.height_mm, sides.height_mm);
    volume += volume_mm3(sides) * piece.quantity;
    grams += static_cast<__int128>(piece.weight_grams) * piece.quantity;
  }
  const __int128 floor_area = static_cast<__int128>(parcel.size.length_mm) * parcel.size.width_mm;
  if (floor_area > 0) {
    TRY(const int64_t height, divide(volume * air_percent, floor_area * 100, Rounding::up));
    // One piece in its own packing needs no air.
    const bool is_alone = pieces.size() == 1 && pieces[0].quantity == 1;
    if (!is_alone) parcel.size.height_mm = std::max(parcel.size.height_mm, height);
  }
  if (grams > most_grams) return fail(ErrorCode::overflow, "This is too heavy for a parcel.");
  parcel.weight_grams = static_cast<int64_t>(grams);
  parcel.size = sorted_sides(parcel.size);
  TRY_DO(check(parcel.weight_grams, parcel.size));
  return parcel;
}

Result<int64_t> chargeable_grams(const WeightRule& rule, const ParcelMeasure& parcel) {
  TRY_DO(check(parcel.weight_grams, parcel.size));
  if (rule.step_g <= 0 || (rule.volume != VolumeRule::never && rule.divisor.value_or(0) <= 0))
    return fail(ErrorCode::bad_data, "A lane needs a weight step, and a divisor where size counts.");

  // raw = numerator / denominator grams, exactly.
  const __int128 denominator = rule.divisor.value_or(1) * (rule.volume == VolumeRule::half_bubble ? 2 : 1);
  const __int128 scale = rule.divisor.value_or(1);
  const __int128 volume = volume_mm3(parcel.size);
  __int128 numerator = static_cast<__int128>(std::max(parcel.weight_grams, rule.min_g)) * denominator;
  if (size_counts(rule, parcel, volume)) {
    const bool is_half = rule.volume == VolumeRule::half_bubble;
    numerator = std::max(numerator, is_half ? static_cast<__int128>(parcel.weight_grams) * scale + volume : volume);
  }
  TRY(const int64_t steps, divide(numerator, denominator * rule.step_g, Rounding::up));
  return steps * rule.step_g;
}

}  // namespace sampan
