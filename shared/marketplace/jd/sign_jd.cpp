#include "shared/marketplace/jd/sign_jd.hpp"

#include <algorithm>

namespace sampan {

std::string jos_canonical(std::string_view secret, std::span<const Parameter> parameters) {
  // 1. All parameters but `sign`, without empty ones, sorted by key.
  // 2. Joined as key1value1key2value2, the secret before and behind.
  return joined(secret, signed_by_key(parameters, "sign"), secret);
}

std::string sp_canonical(std::string_view secret, std::span<const Parameter> parameters) {
  // 1. Headers, query, path and body in one map, without the signature itself, sorted by key.
  std::vector<const Parameter*> chosen = signed_by_key(parameters, "X-JOS-Sign");
  // 2. An empty JSON object as body counts as no body.
  const auto is_empty_body = [](const Parameter* each) { return each->key == "body" && each->value == "{}"; };
  chosen.erase(std::remove_if(chosen.begin(), chosen.end(), is_empty_body), chosen.end());
  // 3. Joined as key1value1key2value2, the secret before and behind.
  return joined(secret, chosen, secret);
}

std::string vop_token_canonical(std::string_view secret, const VopTokenRequest& request) {
  std::string text(secret);
  text += request.timestamp;
  text += request.client_id;
  text += request.username;
  text += request.password_md5;
  text += request.grant_type;
  text += request.scope;
  text += secret;
  return text;
}

}  // namespace sampan
