#include "proxy/marketplace/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace sampan {
namespace {

// Only a libcrypto without the algorithm, or no memory, comes here; a wrong signature would be worse than no proxy.
void require(bool worked, const char* algorithm) {
  if (worked) return;
  std::fprintf(stderr, "sampan: libcrypto cannot compute %s; is it restricted to FIPS algorithms?\n", algorithm);
  std::abort();
}

class Hash {
 public:
  explicit Hash(const char* algorithm)
      : name_(algorithm), method_(EVP_MD_fetch(nullptr, algorithm, nullptr)), context_(EVP_MD_CTX_new()) {
    require(method_ != nullptr && context_ != nullptr, name_);
  }

  Digest of(std::string_view text) {
    Digest digest;
    unsigned int size = 0;
    require(EVP_DigestInit_ex2(context_.get(), method_.get(), nullptr) == 1 &&
                EVP_DigestUpdate(context_.get(), text.data(), text.size()) == 1 &&
                EVP_DigestFinal_ex(context_.get(), digest.bytes.data(), &size) == 1,
            name_);
    digest.size = size;
    return digest;
  }

 private:
  struct Free {
    void operator()(EVP_MD* method) const { EVP_MD_free(method); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  const char* name_;
  std::unique_ptr<EVP_MD, Free> method_;
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

class KeyedHash {
 public:
  explicit KeyedHash(const char* algorithm) : name_(algorithm) {
    const std::unique_ptr<EVP_MAC, Free> method(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    require(method != nullptr, name_);
    context_.reset(EVP_MAC_CTX_new(method.get()));
    require(context_ != nullptr, name_);
    std::string chosen = algorithm;
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, chosen.data(), 0),
                                     OSSL_PARAM_construct_end()};
    require(EVP_MAC_CTX_set_params(context_.get(), parameters) == 1, name_);
  }

  Digest of(std::string_view key, std::string_view text) {
    // A null key would mean "the key of the last call".
    const char* key_bytes = key.data() != nullptr ? key.data() : "";
    Digest digest;
    require(EVP_MAC_init(context_.get(), bytes(key_bytes), key.size(), nullptr) == 1 &&
                EVP_MAC_update(context_.get(), bytes(text.data()), text.size()) == 1 &&
                EVP_MAC_final(context_.get(), digest.bytes.data(), &digest.size, digest.bytes.size()) == 1,
            name_);
    return digest;
  }

 private:
  struct Free {
    void operator()(EVP_MAC* method) const { EVP_MAC_free(method); }
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
  };
  static const unsigned char* bytes(const char* text) { return reinterpret_cast<const unsigned char*>(text); }
  const char* name_;
  std::unique_ptr<EVP_MAC_CTX, Free> context_;
};

std::string hex(const Digest& digest, const char* digits) {
  std::string text(digest.size * 2, '\0');
  for (size_t i = 0; i < digest.size; ++i) {
    text[2 * i] = digits[digest.bytes[i] >> 4];
    text[2 * i + 1] = digits[digest.bytes[i] & 15];
  }
  return text;
}

}  // namespace

Digest md5(std::string_view text) {
  thread_local Hash hash("MD5");
  return hash.of(text);
}
Digest sha256(std::string_view text) {
  thread_local Hash hash("SHA256");
  return hash.of(text);
}
Digest hmac_md5(std::string_view key, std::string_view text) {
  thread_local KeyedHash hash("MD5");
  return hash.of(key, text);
}
Digest hmac_sha1(std::string_view key, std::string_view text) {
  thread_local KeyedHash hash("SHA1");
  return hash.of(key, text);
}
Digest hmac_sha256(std::string_view key, std::string_view text) {
  thread_local KeyedHash hash("SHA256");
  return hash.of(key, text);
}

std::string upper_hex(const Digest& digest) { return hex(digest, "0123456789ABCDEF"); }
std::string lower_hex(const Digest& digest) { return hex(digest, "0123456789abcdef"); }

bool is_same_signature(std::string_view ours, std::string_view theirs) {
  if (ours.size() != theirs.size()) return false;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; };
  int difference = 0;
  for (size_t i = 0; i < ours.size(); ++i) difference |= lower(ours[i]) ^ lower(theirs[i]);
  return difference == 0;
}

}  // namespace sampan
