#include "proxy/marketplace/digest.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <thread>
#include <vector>

namespace sampan {

TEST_CASE("digests are those that their standards print", "[digest]") {
  CHECK(lower_hex(md5("")) == "d41d8cd98f00b204e9800998ecf8427e");     // RFC 1321, A.5
  CHECK(lower_hex(md5("abc")) == "900150983cd24fb0d6963f7d28e17f72");  // RFC 1321, A.5
  CHECK(lower_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4, example
}

TEST_CASE("keyed digests are those that their RFCs print", "[digest]") {
  const std::string jefe = "Jefe";
  const std::string question = "what do ya want for nothing?";
  CHECK(upper_hex(hmac_md5(jefe, question)) == "750C783E6AB0B503EAA86E310A5DB738");           // RFC 2202, MD5 case 2
  CHECK(upper_hex(hmac_sha1(jefe, question)) == "EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79");  // RFC 2202, SHA-1 case 2
  CHECK(upper_hex(hmac_sha256(jefe, question)) ==
        "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843");  // RFC 4231, case 2
  const std::string long_key(131, '\xaa');
  CHECK(lower_hex(hmac_sha256(long_key, "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");  // RFC 4231, case 6
}

TEST_CASE("an empty key is an empty key, not that of the call before", "[digest]") {
  CHECK(hmac_sha256("secret", "text").bytes != hmac_sha256({}, "text").bytes);
  CHECK(lower_hex(hmac_sha256({}, {})) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("threads do not disturb each other's digests", "[threads][digest]") {
  const std::string expected = lower_hex(hmac_sha1("key", "text"));
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < wrong.size(); ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 500; ++round) {
        hmac_sha1("key" + std::to_string(i), "other");
        if (lower_hex(hmac_sha1("key", "text")) != expected) ++wrong[i];
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}

TEST_CASE("signatures compare without regard to the case of their digits", "[digest]") {
  CHECK(is_same_signature("36FA8341", "36fa8341"));
  CHECK_FALSE(is_same_signature("36FA8341", "36fa8342"));
  CHECK_FALSE(is_same_signature("36FA8341", "36fa834"));
  CHECK_FALSE(is_same_signature("36FA8341", ""));
}

}  // namespace sampan
