#include "proxy/marketplace/sign.hpp"

#include <array>
#include <utility>

#include "proxy/marketplace/digest.hpp"
#include "shared/marketplace/alibaba1688/sign_aop.hpp"
#include "shared/marketplace/jd/sign_jd.hpp"
#include "shared/marketplace/taobao/sign_iop.hpp"
#include "shared/marketplace/taobao/sign_top.hpp"

namespace sampan {
namespace {

Signed by_md5(std::string canonical) {
  std::string signature = upper_hex(md5(canonical));
  return {std::move(canonical), std::move(signature)};
}

Signed sign_top_md5(const SignRequest& r) { return by_md5(top_md5_canonical(r.secret, r.parameters)); }
Signed sign_top_hmac(const SignRequest& r) {
  std::string canonical = top_hmac_canonical(r.parameters);
  std::string signature = upper_hex(hmac_md5(r.secret, canonical));
  return {std::move(canonical), std::move(signature)};
}
Signed sign_top_hmac_sha256(const SignRequest& r) {
  std::string canonical = top_hmac_canonical(r.parameters);
  std::string signature = upper_hex(hmac_sha256(r.secret, canonical));
  return {std::move(canonical), std::move(signature)};
}

Signed sign_iop(const SignRequest& r) {
  std::string canonical = iop_canonical(r.path, r.parameters, r.body);
  std::string signature = upper_hex(hmac_sha256(r.secret, canonical));
  return {std::move(canonical), std::move(signature)};
}
Signed sign_iop_push(const SignRequest& r) {
  std::string canonical = iop_push_canonical(r.app_key, r.body);
  std::string signature = lower_hex(hmac_sha256(r.secret, canonical));
  return {std::move(canonical), std::move(signature)};
}

Signed sign_aop(const SignRequest& r) {
  std::string canonical = aop_canonical(r.path, r.parameters);
  std::string signature = upper_hex(hmac_sha1(r.secret, canonical));
  return {std::move(canonical), std::move(signature)};
}

Signed sign_jos(const SignRequest& r) { return by_md5(jos_canonical(r.secret, r.parameters)); }
Signed sign_sp(const SignRequest& r) {
  if (r.body.empty()) return by_md5(sp_canonical(r.secret, r.parameters));
  std::vector<Parameter> with_body = r.parameters;
  with_body.push_back({"body", r.body});
  return by_md5(sp_canonical(r.secret, with_body));
}
Signed sign_vop_token(const SignRequest& r) {
  VopTokenRequest request{r.timestamp, r.client_id, r.username, lower_hex(md5(r.password)), r.grant_type, r.scope};
  return by_md5(vop_token_canonical(r.secret, request));
}

struct Row {
  SignMethod method;
  Signed (*sign)(const SignRequest&);
};

constexpr std::array rows{
    Row{SignMethod::top_md5, sign_top_md5},
    Row{SignMethod::top_hmac, sign_top_hmac},
    Row{SignMethod::top_hmac_sha256, sign_top_hmac_sha256},
    Row{SignMethod::iop_sha256, sign_iop},
    Row{SignMethod::iop_push, sign_iop_push},
    Row{SignMethod::aop_sha1, sign_aop},
    Row{SignMethod::jd_md5, sign_jos},
    Row{SignMethod::jd_sp, sign_sp},
    Row{SignMethod::vop_token, sign_vop_token},
};
static_assert(
    [] {
      for (size_t i = 0; i < rows.size(); ++i)
        if (static_cast<size_t>(rows[i].method) != i) return false;
      return true;
    }(),
    "sign() finds its row by the method's number");

}  // namespace

Signed sign(SignMethod method, const SignRequest& request) { return rows[static_cast<size_t>(method)].sign(request); }

}  // namespace sampan
