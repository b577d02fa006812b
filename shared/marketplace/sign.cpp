#include "shared/marketplace/sign.hpp"

#include <array>

namespace sampan {
namespace {

struct Row {
  SignMethod method;
  std::string_view name;
};

constexpr std::array rows{
    Row{SignMethod::top_md5, "top-md5"},
    Row{SignMethod::top_hmac, "top-hmac"},
    Row{SignMethod::top_hmac_sha256, "top-hmac-sha256"},
    Row{SignMethod::iop_sha256, "iop-sha256"},
    Row{SignMethod::iop_push, "iop-push"},
    Row{SignMethod::aop_sha1, "aop-sha1"},
    Row{SignMethod::jd_md5, "jd-md5"},
    Row{SignMethod::jd_sp, "jd-sp"},
    Row{SignMethod::vop_token, "vop-token"},
};

}  // namespace

std::optional<SignMethod> parse_sign_method(std::string_view name) {
  for (const Row& row : rows)
    if (row.name == name) return row.method;
  return std::nullopt;
}

}  // namespace sampan
