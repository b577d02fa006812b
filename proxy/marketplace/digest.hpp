// Digests and keyed digests, by OpenSSL's libcrypto.
//
// Shape   thread-safe; each thread keeps its contexts, so that a call allocates next to nothing
// Source  RFC 1321, RFC 3174, FIPS 180-4, RFC 2104; tests/unit/marketplace/digest_test.cpp has their published cases
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace sampan {

struct Digest {
  std::array<unsigned char, 32> bytes{};
  size_t size = 0;  // 16, 20 or 32
};

Digest md5(std::string_view text);
Digest sha256(std::string_view text);
Digest hmac_md5(std::string_view key, std::string_view text);
Digest hmac_sha1(std::string_view key, std::string_view text);
Digest hmac_sha256(std::string_view key, std::string_view text);

std::string upper_hex(const Digest& digest);
std::string lower_hex(const Digest& digest);

// In a time that does not tell where they differ; the case of the hex digits does not count.
bool is_same_signature(std::string_view ours, std::string_view theirs);

}  // namespace sampan
