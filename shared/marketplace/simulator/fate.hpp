// Chance without a source of randomness: a seed and a name decide a number, the same on every machine and in every run.
//
// Source  FNV-1a for the text, the finaliser of SplitMix64 to spread the bits (Steele, Lea, Flood 2014)
#pragma once

#include <cstdint>
#include <string_view>

namespace sampan {

constexpr uint64_t fate(int64_t seed, std::string_view name) {
  uint64_t bits = 14695981039346656037ULL ^ static_cast<uint64_t>(seed);
  for (const char c : name) bits = (bits ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
  return bits ^ (bits >> 31);
}

// One of `count` (> 0) numbers from 0.
constexpr int64_t fate_below(int64_t count, int64_t seed, std::string_view name) {
  return static_cast<int64_t>(fate(seed, name) % static_cast<uint64_t>(count));
}

}  // namespace sampan
