#include "proxy/main/gateways.hpp"

#include <chrono>

#include "proxy/marketplace/digest.hpp"
#include "proxy/marketplace/quota.hpp"
#include "proxy/marketplace/sign.hpp"
#include "proxy/marketplace/token_keeper.hpp"
#include "proxy/marketplace/transport.hpp"
#include "proxy/marketplace/vop_token_keeper.hpp"
#include "shared/database/token_rows.hpp"
#include "shared/marketplace/alibaba1688/alibaba1688.hpp"
#include "shared/marketplace/alibaba1688/errors.hpp"
#include "shared/marketplace/jd/jd.hpp"
#include "shared/marketplace/taobao/errors.hpp"
#include "shared/marketplace/taobao/taobao.hpp"
#include "shared/payment/stripe/stripe_provider.hpp"
#include "shared/rates/fetch_ecb.hpp"
#include "shared/tracking/http_carrier.hpp"

namespace sampan {
namespace {

// An address that is written as one of this machine is a sandbox's; every other must turn out to be public.
Result<HttpSend> send_to(const std::string& base_url) { return transport(base_url, TransportLimits{}); }

Duration monotonic() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

// The tokens that 1688 has handed out since the configured ones are newer; the configured ones are when they are others
// than those that the kept ones came from.
Result<std::shared_ptr<TokenKeeper>> open_keeper(const AopConfig& config, HttpSend send, Database& database,
                                                 std::function<Instant()> now) {
  const std::string configured = lower_hex(sha256(config.access_token + "\n" + config.refresh_token));
  TRY(const auto kept, transact<std::optional<KeptTokens>>(
                           database, [](Transaction& tx) { return find_tokens(tx, MarketplaceName::alibaba1688); }));
  alibaba1688::Tokens tokens{config.access_token, std::nullopt, config.refresh_token};
  if (kept && kept->granted_from == configured)
    tokens = {kept->access_token, kept->access_ends_at, kept->refresh_token};
  const auto refresh = [config, send = std::move(send),
                        now](const std::string& refresh_token) -> Result<alibaba1688::Tokens> {
    const Instant asked_at = now();
    auto reply = send(alibaba1688::refresh_request(config.app_key, config.app_secret, refresh_token));
    if (reply) return alibaba1688::parse_tokens(*reply, asked_at);
    // A refresh that got lost may be asked for again.
    if (reply.error().code == ErrorCode::outcome_unknown) reply.error().code = ErrorCode::retry_later;
    return tl::unexpected(within(std::move(reply).error(), "getToken"));
  };
  const auto keep = [&database, configured](const alibaba1688::Tokens& newer) {
    return database.transact([&](Transaction& tx) {
      return keep_tokens(tx, MarketplaceName::alibaba1688,
                         {configured, newer.access_token, newer.access_ends_at, newer.refresh_token});
    });
  };
  return std::make_shared<TokenKeeper>(std::move(tokens), refresh, keep, std::move(now));
}

std::shared_ptr<Quota> quota_of(int64_t calls_per_second) {
  return std::make_shared<Quota>(QuotaRule{calls_per_second, calls_per_second, seconds(10), seconds(120)}, monotonic);
}

alibaba1688::ShipTo address_of(const WarehouseConfig& warehouse) {
  alibaba1688::ShipTo to;
  to.full_name = warehouse.full_name;
  to.mobile = warehouse.mobile;
  to.post_code = warehouse.postcode;
  to.province = warehouse.province;
  to.city = warehouse.city;
  to.area = warehouse.area;
  to.address = warehouse.address;
  return to;
}

}  // namespace

Result<std::unique_ptr<Marketplace>> open_alibaba1688(const AopConfig& config, const WarehouseConfig& warehouse,
                                                      Database& database, std::function<Instant()> now) {
  TRY(HttpSend unlimited, send_to(config.base_url));
  const HttpSend send =
      within_quota(std::move(unlimited), quota_of(config.calls_per_second), alibaba1688::is_quota_answer);
  TRY(const auto keeper, open_keeper(config, send, database, now));
  Alibaba1688Settings settings;
  settings.app_key = config.app_key;
  settings.access_token = [keeper](const std::string& refused) { return keeper->access_token(refused); };
  settings.ship_to = address_of(warehouse);
  const auto sign_call = [secret = config.app_secret](std::string_view path, const std::vector<Parameter>& parameters) {
    SignRequest request;
    request.secret = secret;
    request.path = std::string(path);
    request.parameters = parameters;
    return sign(SignMethod::aop_sha1, request).signature;
  };
  return std::unique_ptr<Marketplace>(
      std::make_unique<Alibaba1688>(std::move(settings), send, sign_call, std::move(now)));
}

Result<std::unique_ptr<Marketplace>> open_taobao(const IopConfig& config, const WarehouseConfig& warehouse,
                                                 std::function<Instant()> now) {
  TRY(HttpSend send, send_to(config.base_url));
  TaobaoSettings settings;
  settings.app_key = config.app_key;
  settings.access_token = [token = config.access_token] { return token; };
  settings.ship_to.name = warehouse.full_name;
  settings.ship_to.mobile_phone = warehouse.mobile;
  settings.ship_to.state = warehouse.province;
  settings.ship_to.city = warehouse.city;
  settings.ship_to.district = warehouse.area;
  settings.ship_to.address = warehouse.address;
  settings.ship_to.zip = warehouse.postcode;
  const auto sign_call = [secret = config.app_secret](std::string_view path, const std::vector<Parameter>& parameters) {
    SignRequest request;
    request.secret = secret;
    request.path = std::string(path);
    request.parameters = parameters;
    return sign(SignMethod::iop_sha256, request).signature;
  };
  return std::unique_ptr<Marketplace>(std::make_unique<Taobao>(
      std::move(settings), within_quota(std::move(send), quota_of(config.calls_per_second), taobao::is_quota_answer),
      sign_call, std::move(now)));
}

Result<std::unique_ptr<Marketplace>> open_jd(const JosConfig& jos, const VopConfig& vop,
                                             const WarehouseConfig& warehouse, std::function<Instant()> now) {
  TRY(HttpSend to_jos, send_to(jos.base_url));
  TRY(HttpSend to_vop, send_to(vop.base_url));
  const HttpSend send_vop = within_quota(std::move(to_vop), quota_of(vop.calls_per_second), jd::is_quota_answer);
  const auto tokens = std::make_shared<VopTokenKeeper>(
      VopLogin{vop.client_id, vop.client_secret, vop.username, vop.password}, send_vop, now);
  JdSettings settings;
  settings.app_key = jos.app_key;
  settings.vop_token = [tokens] { return tokens->token(); };
  settings.renew_token = [tokens] { return tokens->renew(); };
  TRY(settings.terms.ship_to.area, jd::parse_area(vop.area));
  settings.terms.ship_to.name = warehouse.full_name;
  settings.terms.ship_to.mobile = warehouse.mobile;
  settings.terms.ship_to.email = vop.email;
  settings.terms.ship_to.address = warehouse.address;
  settings.terms.invoice.company_name = vop.invoice_company;
  const auto sign_call = [secret = jos.app_secret](const std::vector<Parameter>& parameters) {
    SignRequest request;
    request.secret = secret;
    request.parameters = parameters;
    return sign(SignMethod::jd_md5, request).signature;
  };
  JdGateways gateways{within_quota(std::move(to_jos), quota_of(jos.calls_per_second), jd::is_quota_answer), send_vop};
  return std::unique_ptr<Marketplace>(
      std::make_unique<Jd>(std::move(settings), std::move(gateways), sign_call, std::move(now)));
}

Result<std::unique_ptr<PaymentProvider>> open_stripe(const StripeConfig& config, const std::string& home,
                                                     std::function<Instant()> now) {
  TRY(HttpSend send, send_to(config.base_url));
  return std::unique_ptr<PaymentProvider>(std::make_unique<StripeProvider>(
      std::move(send), std::move(now),
      StripeSettings{config.key, {home + "/?paid={payment_id}", home + "/?unpaid={payment_id}"}}));
}

Result<std::unique_ptr<Carrier>> open_carrier(const std::string& base_url) {
  TRY(HttpSend send, send_to(base_url));
  return std::unique_ptr<Carrier>(std::make_unique<HttpCarrier>(std::move(send)));
}

Result<std::function<Result<RateTable>()>> open_ecb(const EcbConfig& config, std::function<Instant()> now) {
  TRY(HttpSend send, send_to(config.base_url));
  return std::function<Result<RateTable>()>(
      [send = std::move(send), now = std::move(now)] { return fetch_ecb(send, now()); });
}

}  // namespace sampan
