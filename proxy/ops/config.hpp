// What an operator decides: `sampan.toml`, overridden by SAMPAN_* of the environment.
//
// Shape   [gateway.aop] app_secret is overridden by SAMPAN_GATEWAY_AOP_APP_SECRET; a value may be given as a file's content:
//         app_secret_file, or SAMPAN_GATEWAY_AOP_APP_SECRET_FILE (one line break at its end is left out)
// Errors  bad_input, with the file's line or the name of what is unknown or missing; a secret is never in the context
// Source  toml.io/en/v1.0.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/error.hpp"

namespace sampan {

// 1688, by its open platform: "aop".
struct AopConfig {
  std::string base_url;
  std::string app_key;
  std::string app_secret;
  std::string access_token;      // of the console, or the first of a grant; one of these two is needed
  std::string refresh_token;     // of a grant: what the shop gets the next access token by
  int64_t calls_per_second = 5;  // of the app key, all its APIs together
};

// Taobao, bought through Taobao Global: "iop".
struct IopConfig {
  std::string base_url = "https://api.taobao.global";
  std::string app_key;
  std::string app_secret;
  std::string access_token;
  int64_t calls_per_second = 5;
};

// JD: found through its union, "jos", and bought by an enterprise contract, "vop".
struct JosConfig {
  std::string base_url = "https://api.jd.com";
  std::string app_key;
  std::string app_secret;
  int64_t calls_per_second = 5;
};
struct VopConfig {
  std::string base_url = "https://bizapi.jd.com";
  std::string client_id;
  std::string client_secret;
  std::string username;
  std::string password;
  std::string area;   // of the warehouse, by JD's ids: "19_1607_3639_0"
  std::string email;  // of the warehouse
  std::string invoice_company;
  int64_t calls_per_second = 5;
};

struct StripeConfig {
  std::string base_url = "https://api.stripe.com";
  std::string key;
  std::string webhook_secret;
};

struct EcbConfig {
  std::string base_url = "https://www.ecb.europa.eu";
};

// Where sellers send to, in Chinese, as the post there knows it.
struct WarehouseConfig {
  std::string full_name;
  std::string mobile;
  std::string postcode;
  std::string province;
  std::string city;
  std::string area;
  std::string address;
};

// What the operator takes, and where they collect tax.
struct TermsConfig {
  int64_t service_fee_basis_points = 500;  // of goods and domestic freight
  int64_t service_fee_minimum_fen = 500;
  int64_t spread_basis_points = 200;  // on the mid rate
  std::string registrations;          // "IOSS,UK_VAT,AU_GST"
};

struct Config {
  std::string public_url;      // of the shop, as browsers see it
  std::string operator_token;  // empty: nobody is the operator
  std::string clock_file;      // of a sandbox; empty: the system's clock
  std::string carrier_url;     // of a carrier that speaks carrier_calls.hpp; empty: there is none
  TermsConfig terms;
  std::optional<AopConfig> aop;
  std::optional<IopConfig> iop;
  std::optional<JosConfig> jos;  // both or none
  std::optional<VopConfig> vop;
  WarehouseConfig warehouse;  // complete where there is a marketplace
  std::optional<StripeConfig> stripe;
  EcbConfig ecb;
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;
using ReadFile = std::function<Result<std::string>(const std::string& path)>;

// Every name that is not known is refused: a misspelt key would be a key without effect.
Result<Config> parse_config(std::string_view toml, const Environment& environment, const ReadFile& read_file);

// From the file at `path`; an empty path is an empty file.
Result<Config> load_config(const std::string& path);

}  // namespace sampan
