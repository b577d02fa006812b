#include "proxy/ops/config.hpp"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

namespace sampan {
namespace {

// "gateway.aop.app_key" and its text, however deep its table is.
Result<void> flatten(const toml::table& table, const std::string& prefix, std::map<std::string, std::string>& into) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (const auto* inner = node.as_table()) {
      TRY_DO(flatten(*inner, name + ".", into));
    } else if (const auto text = node.value_exact<std::string>()) {
      into[name] = *text;
    } else if (const auto number = node.value_exact<int64_t>()) {
      into[name] = std::to_string(*number);
    } else {
      return fail(ErrorCode::bad_input, "A setting is a text or a whole number.", name);
    }
  }
  return done();
}

std::string variable_of(const std::string& name) {
  std::string variable = "SAMPAN_";
  for (const char c : name) variable += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return variable;
}

// Each setting is asked for once; what nobody asked for is unknown.
class Settings {
 public:
  Settings(std::map<std::string, std::string> values, const Environment& environment, const ReadFile& read_file)
      : values_(std::move(values)), environment_(environment), read_file_(read_file) {}

  Result<void> text(const std::string& name, std::string& into) {
    TRY(const auto found, find(name));
    if (found) into = *found;
    return done();
  }

  Result<void> number(const std::string& name, int64_t& into) {
    TRY(const auto found, find(name));
    if (!found) return done();
    const char* const end = found->data() + found->size();
    const auto [stopped, problem] = std::from_chars(found->data(), end, into);
    if (problem != std::errc{} || stopped != end || into < 1)
      return fail(ErrorCode::bad_input, "A whole number above zero is expected.", name);
    return done();
  }

  // Something of that table is set, in the file or in the environment.
  bool has_any(const std::set<std::string>& names) {
    bool any = false;
    for (const std::string& name : names) {
      const auto found = find(name);
      any = any || !found || found->has_value();
    }
    return any;
  }

  Result<void> nothing_unknown() const {
    for (const auto& [name, value] : values_)
      if (asked_.count(name) == 0) return fail(ErrorCode::bad_input, "There is no such setting.", name);
    return done();
  }

 private:
  Result<std::optional<std::string>> find(const std::string& name) {
    const std::string file_name = name + "_file";
    asked_.insert(name);
    asked_.insert(file_name);
    if (auto value = environment_(variable_of(name))) return value;
    if (const auto path = environment_(variable_of(file_name))) return content(*path, name);
    if (const auto value = values_.find(name); value != values_.end()) return std::optional(value->second);
    if (const auto path = values_.find(file_name); path != values_.end()) return content(path->second, name);
    return std::optional<std::string>();
  }

  Result<std::optional<std::string>> content(const std::string& path, const std::string& name) const {
    auto text = read_file_(path);
    if (!text) return tl::unexpected(within(text.error(), name));
    if (!text->empty() && text->back() == '\n') text->pop_back();
    return std::optional(*std::move(text));
  }

  std::map<std::string, std::string> values_;
  const Environment& environment_;
  const ReadFile& read_file_;
  std::set<std::string> asked_;
};

Result<void> needs(const std::string& value, const char* name) {
  if (value.empty()) return fail(ErrorCode::bad_input, "A setting is missing.", name);
  return done();
}

Result<void> read_aop(Settings& settings, Config& config) {
  if (!settings.has_any({"gateway.aop.base_url", "gateway.aop.app_key", "gateway.aop.app_secret",
                         "gateway.aop.access_token", "gateway.aop.refresh_token", "gateway.aop.calls_per_second"}))
    return done();
  AopConfig aop;
  aop.base_url = "https://gw.open.1688.com";
  TRY_DO(settings.text("gateway.aop.base_url", aop.base_url));
  TRY_DO(settings.text("gateway.aop.app_key", aop.app_key));
  TRY_DO(settings.text("gateway.aop.app_secret", aop.app_secret));
  TRY_DO(settings.text("gateway.aop.access_token", aop.access_token));
  TRY_DO(settings.text("gateway.aop.refresh_token", aop.refresh_token));
  TRY_DO(settings.number("gateway.aop.calls_per_second", aop.calls_per_second));
  TRY_DO(needs(aop.app_key, "gateway.aop.app_key"));
  TRY_DO(needs(aop.app_secret, "gateway.aop.app_secret"));
  if (aop.refresh_token.empty()) TRY_DO(needs(aop.access_token, "gateway.aop.access_token"));
  config.aop = std::move(aop);
  return done();
}

// A table of texts that are all needed but the address, and a number of calls.
template <class Gateway>
struct GatewayText {
  const char* name;
  std::string Gateway::* field;
};

template <class Gateway, size_t n>
Result<void> read_gateway(Settings& settings, const std::string& prefix,
                          const std::array<GatewayText<Gateway>, n>& texts, std::optional<Gateway>& into) {
  std::set<std::string> names{prefix + "base_url", prefix + "calls_per_second"};
  for (const auto& text : texts) names.insert(prefix + text.name);
  if (!settings.has_any(names)) return done();
  Gateway gateway;
  TRY_DO(settings.text(prefix + "base_url", gateway.base_url));
  TRY_DO(settings.number(prefix + "calls_per_second", gateway.calls_per_second));
  for (const auto& text : texts) {
    TRY_DO(settings.text(prefix + text.name, gateway.*text.field));
    TRY_DO(needs(gateway.*text.field, (prefix + text.name).c_str()));
  }
  into = std::move(gateway);
  return done();
}

Result<void> read_iop(Settings& settings, Config& config) {
  constexpr std::array texts{
      GatewayText<IopConfig>{"app_key", &IopConfig::app_key},
      GatewayText<IopConfig>{"app_secret", &IopConfig::app_secret},
      GatewayText<IopConfig>{"access_token", &IopConfig::access_token},
  };
  return read_gateway(settings, "gateway.iop.", texts, config.iop);
}

Result<void> read_jd(Settings& settings, Config& config) {
  constexpr std::array jos_texts{
      GatewayText<JosConfig>{"app_key", &JosConfig::app_key},
      GatewayText<JosConfig>{"app_secret", &JosConfig::app_secret},
  };
  constexpr std::array vop_texts{
      GatewayText<VopConfig>{"client_id", &VopConfig::client_id},
      GatewayText<VopConfig>{"client_secret", &VopConfig::client_secret},
      GatewayText<VopConfig>{"username", &VopConfig::username},
      GatewayText<VopConfig>{"password", &VopConfig::password},
      GatewayText<VopConfig>{"area", &VopConfig::area},
      GatewayText<VopConfig>{"email", &VopConfig::email},
      GatewayText<VopConfig>{"invoice_company", &VopConfig::invoice_company},
  };
  TRY_DO(read_gateway(settings, "gateway.jos.", jos_texts, config.jos));
  TRY_DO(read_gateway(settings, "gateway.vop.", vop_texts, config.vop));
  if (config.jos.has_value() != config.vop.has_value())
    return fail(ErrorCode::bad_input, "JD is found by one gateway and bought by another: configure both or none.",
                config.jos ? "gateway.vop" : "gateway.jos");
  return done();
}

Result<void> read_terms(Settings& settings, TermsConfig& terms) {
  TRY_DO(settings.number("terms.service_fee_basis_points", terms.service_fee_basis_points));
  TRY_DO(settings.number("terms.service_fee_minimum_fen", terms.service_fee_minimum_fen));
  TRY_DO(settings.number("terms.spread_basis_points", terms.spread_basis_points));
  return settings.text("terms.registrations", terms.registrations);
}

Result<void> read_warehouse(Settings& settings, Config& config) {
  struct Row {
    const char* name;
    std::string WarehouseConfig::* field;
  };
  constexpr std::array rows{
      Row{"warehouse.full_name", &WarehouseConfig::full_name}, Row{"warehouse.mobile", &WarehouseConfig::mobile},
      Row{"warehouse.postcode", &WarehouseConfig::postcode},   Row{"warehouse.province", &WarehouseConfig::province},
      Row{"warehouse.city", &WarehouseConfig::city},           Row{"warehouse.area", &WarehouseConfig::area},
      Row{"warehouse.address", &WarehouseConfig::address},
  };
  for (const Row& row : rows) {
    TRY_DO(settings.text(row.name, config.warehouse.*row.field));
    if (config.aop || config.iop || config.vop) TRY_DO(needs(config.warehouse.*row.field, row.name));
  }
  return done();
}

Result<void> read_stripe(Settings& settings, Config& config) {
  if (!settings.has_any({"payment.stripe.base_url", "payment.stripe.key", "payment.stripe.webhook_secret"}))
    return done();
  StripeConfig stripe;
  TRY_DO(settings.text("payment.stripe.base_url", stripe.base_url));
  TRY_DO(settings.text("payment.stripe.key", stripe.key));
  TRY_DO(settings.text("payment.stripe.webhook_secret", stripe.webhook_secret));
  TRY_DO(needs(stripe.key, "payment.stripe.key"));
  TRY_DO(needs(stripe.webhook_secret, "payment.stripe.webhook_secret"));
  config.stripe = std::move(stripe);
  return done();
}

Result<std::string> file_content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return fail(ErrorCode::bad_input, "This file cannot be read.", path);
  return text.str();
}

}  // namespace

Result<Config> parse_config(std::string_view toml, const Environment& environment, const ReadFile& read_file) {
  const toml::parse_result parsed = toml::parse(toml);
  if (!parsed)
    return fail(ErrorCode::bad_input, "The configuration is not TOML.",
                "line " + std::to_string(parsed.error().source().begin.line));
  std::map<std::string, std::string> values;
  TRY_DO(flatten(parsed.table(), "", values));
  Settings settings(std::move(values), environment, read_file);
  Config config;
  TRY_DO(settings.text("server.public_url", config.public_url));
  TRY_DO(settings.text("server.operator_token", config.operator_token));
  TRY_DO(settings.text("sandbox.clock_file", config.clock_file));
  TRY_DO(settings.text("carrier.base_url", config.carrier_url));
  TRY_DO(settings.text("rates.ecb.base_url", config.ecb.base_url));
  TRY_DO(read_terms(settings, config.terms));
  TRY_DO(read_aop(settings, config));
  TRY_DO(read_iop(settings, config));
  TRY_DO(read_jd(settings, config));
  TRY_DO(read_warehouse(settings, config));
  TRY_DO(read_stripe(settings, config));
  TRY_DO(settings.nothing_unknown());
  return config;
}

Result<Config> load_config(const std::string& path) {
  std::string toml;
  if (!path.empty()) {
    TRY(toml, file_content(path));
  }
  const Environment environment = [](const std::string& name) -> std::optional<std::string> {
    const char* const value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  return parse_config(toml, environment, file_content);
}

}  // namespace sampan
