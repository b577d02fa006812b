#include "shared/core/id.hpp"

#include <array>

namespace sampan {

std::string time_ordered(std::string_view prefix, Instant now, Randomness random) {
  constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  std::array<char, 26> characters{};
  auto time = static_cast<uint64_t>(now.ms);
  for (size_t i = 10; i-- > 0; time >>= 5) characters[i] = alphabet[time & 31];
  unsigned __int128 bits = (static_cast<unsigned __int128>(random.high & 0xffff) << 64) | random.low;
  for (size_t i = 26; i-- > 10; bits >>= 5) characters[i] = alphabet[static_cast<uint64_t>(bits) & 31];
  return std::string(prefix) + std::string(characters.data(), characters.size());
}

}  // namespace sampan
