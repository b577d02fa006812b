#include "proxy/marketplace/network_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <cstring>

namespace sampan {
namespace {

struct Block4 {
  uint32_t network;
  int bits;
};

constexpr uint32_t ip(uint32_t a, uint32_t b, uint32_t c, uint32_t d) { return a << 24 | b << 16 | c << 8 | d; }

constexpr std::array not_public_4 = {
    Block4{ip(0, 0, 0, 0), 8},        // this network
    Block4{ip(10, 0, 0, 0), 8},       // private
    Block4{ip(100, 64, 0, 0), 10},    // shared by a carrier's NAT
    Block4{ip(127, 0, 0, 0), 8},      // loopback
    Block4{ip(169, 254, 0, 0), 16},   // link-local: a cloud's metadata lives here
    Block4{ip(172, 16, 0, 0), 12},    // private
    Block4{ip(192, 0, 0, 0), 24},     // protocol assignments
    Block4{ip(192, 0, 2, 0), 24},     // documentation
    Block4{ip(192, 168, 0, 0), 16},   // private
    Block4{ip(198, 18, 0, 0), 15},    // benchmarks
    Block4{ip(198, 51, 100, 0), 24},  // documentation
    Block4{ip(203, 0, 113, 0), 24},   // documentation
    Block4{ip(224, 0, 0, 0), 3},      // multicast, reserved, broadcast
};

bool is_public_4(uint32_t address) {
  for (const Block4& block : not_public_4)
    if ((address ^ block.network) >> (32 - block.bits) == 0) return false;
  return true;
}

// Only 2000::/3 is global unicast; what carries an IPv4 address is judged by that.
bool is_public_6(const in6_addr& address) {
  const auto* bytes = address.s6_addr;
  const auto tail_4 = [&](size_t at) { return ip(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]); };
  constexpr std::array<unsigned char, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  constexpr std::array<unsigned char, 12> translated = {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  if (std::memcmp(bytes, mapped.data(), mapped.size()) == 0) return is_public_4(tail_4(12));
  if (std::memcmp(bytes, translated.data(), translated.size()) == 0) return is_public_4(tail_4(12));
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_public_4(tail_4(2));  // 6to4
  const bool is_special =
      bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] < 0x02 || (bytes[2] == 0x0d && bytes[3] == 0xb8));
  return bytes[0] >> 5 == 1 && !is_special;
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET)
    return is_public_4(ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr));
  if (address.sa_family == AF_INET6) return is_public_6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
  return false;
}

bool is_written_private(const std::string& host) {
  if (host == "localhost") return true;
  sockaddr_in four{};
  four.sin_family = AF_INET;
  if (inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) return !is_public(reinterpret_cast<const sockaddr&>(four));
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  const std::string bare = bracketed ? host.substr(1, host.size() - 2) : host;
  return inet_pton(AF_INET6, bare.c_str(), &six.sin6_addr) == 1 && !is_public(reinterpret_cast<const sockaddr&>(six));
}

}  // namespace sampan
