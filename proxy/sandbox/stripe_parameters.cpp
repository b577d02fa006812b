#include "proxy/sandbox/stripe_parameters.hpp"

#include <algorithm>
#include <charconv>

#include "shared/payment/stripe/units.hpp"

namespace sampan {
namespace {

constexpr int64_t most_lines = 100;
constexpr int64_t most_quantity = 999'999;
constexpr int64_t most_amount = 99'999'999;  // eight digits, as Stripe has it for most currencies

bool fits(std::string_view pattern, std::string_view name) {
  while (!pattern.empty()) {
    if (pattern.substr(0, 3) == "[*]") {
      const size_t end = name.find(']');
      if (name.empty() || name[0] != '[' || end == name.npos) return false;
      name.remove_prefix(end + 1);
      pattern.remove_prefix(3);
    } else {
      if (name.empty() || name[0] != pattern[0]) return false;
      name.remove_prefix(1);
      pattern.remove_prefix(1);
    }
  }
  return name.empty();
}

bool has_prefix(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

std::string in_line(int64_t n, std::string_view rest) {
  return "line_items[" + std::to_string(n) + "]" + std::string(rest);
}

bool has_line(const StripeParameters& parameters, int64_t n) {
  const std::string prefix = in_line(n, "[");
  return std::any_of(parameters.begin(), parameters.end(),
                     [&](const HttpField& each) { return has_prefix(each.name, prefix); });
}

OrRefusal<Money> line_total(const StripeParameters& parameters, int64_t n) {
  TRY(const int64_t quantity, integer(parameters, in_line(n, "[quantity]"), 1, 1, most_quantity));
  const std::string amount_name = in_line(n, "[price_data][unit_amount]");
  TRY(const std::string present, required(parameters, amount_name));
  TRY(const int64_t unit_amount, integer(parameters, amount_name, 0, 0, most_amount));
  const std::string currency_name = in_line(n, "[price_data][currency]");
  TRY(const std::string code, required(parameters, currency_name));
  const auto unit_price = money_of_stripe(unit_amount, code);
  // Read back, it shows an amount that is too fine: the last of BHD's three digits is 0.
  if (!unit_price || !stripe_amount(*unit_price))
    return refuse("Invalid amount or currency: " + present + " " + code, amount_name, "invalid_charge_amount");
  const auto total = times(*unit_price, quantity);
  if (!total) return refuse("The total is too large.", amount_name, "amount_too_large");
  return *total;
}

}  // namespace

tl::unexpected<StripeRefusal> refuse(std::string message, std::string param, std::string code, int32_t status) {
  StripeRefusal refusal;
  refusal.status = status;
  refusal.code = std::move(code);
  refusal.message = std::move(message);
  refusal.param = std::move(param);
  return tl::unexpected(std::move(refusal));
}

tl::unexpected<StripeRefusal> refuse_missing(const std::string& param) {
  return refuse("Missing required param: " + param + ".", param, "parameter_missing");
}

OrRefusal<void> check_names(const StripeParameters& parameters, const std::vector<std::string_view>& known) {
  for (const HttpField& each : parameters) {
    const bool is_known =
        std::any_of(known.begin(), known.end(), [&](std::string_view pattern) { return fits(pattern, each.name); });
    if (!is_known) return refuse("Received unknown parameter: " + each.name, each.name, "parameter_unknown");
  }
  return {};
}

std::string value_of(const StripeParameters& parameters, std::string_view name) {
  for (const HttpField& each : parameters)
    if (each.name == name) return each.value;
  return {};
}

OrRefusal<std::string> required(const StripeParameters& parameters, const std::string& name) {
  std::string value = value_of(parameters, name);
  if (value.empty()) return refuse_missing(name);
  return value;
}

OrRefusal<int64_t> integer(const StripeParameters& parameters, const std::string& name, int64_t otherwise,
                           int64_t least, int64_t most) {
  const std::string text = value_of(parameters, name);
  if (text.empty()) return otherwise;
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return refuse("Invalid integer: " + text, name, "parameter_invalid_integer");
  if (value < least || value > most)
    return refuse("This value must be from " + std::to_string(least) + " to " + std::to_string(most) + ".", name,
                  "parameter_invalid_integer");
  return value;
}

StripeMetadata metadata(const StripeParameters& parameters, std::string_view name) {
  StripeMetadata found;
  const std::string prefix = std::string(name) + "[";
  for (const HttpField& each : parameters) {
    if (!has_prefix(each.name, prefix) || each.name.back() != ']') continue;
    found[each.name.substr(prefix.size(), each.name.size() - prefix.size() - 1)] = each.value;
  }
  return found;
}

OrRefusal<Expansions> expansions(const StripeParameters& parameters, std::string_view kind) {
  Expansions found;
  for (const HttpField& each : parameters)
    if (has_prefix(each.name, "expand[")) found.push_back(each.value);
  if (const auto unknown = unknown_expansion(kind, found))
    return refuse("This property cannot be expanded (" + *unknown + ").", "expand");
  return found;
}

OrRefusal<std::string> web_address(const StripeParameters& parameters, const std::string& name) {
  std::string address = value_of(parameters, name);
  const bool is_plain = std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (is_plain && (has_prefix(address, "https://") || has_prefix(address, "http://"))) return address;
  return refuse("Not a valid URL", name, "url_invalid");
}

OrRefusal<LineItems> line_items(const StripeParameters& parameters) {
  if (!has_line(parameters, 0)) return refuse_missing("line_items");
  LineItems items;
  for (int64_t n = 0; n < most_lines && has_line(parameters, n); ++n) {
    TRY(const std::string name, required(parameters, in_line(n, "[price_data][product_data][name]")));
    TRY(const Money price, line_total(parameters, n));
    if (n == 0) {
      items = {price, name};
      continue;
    }
    const auto total = add(items.total, price);
    if (!total) return refuse("All line items must have one currency.", "line_items");
    items.total = *total;
  }
  if (items.total.minor <= 0) return refuse("The total must be above zero.", "line_items", "amount_too_small");
  return items;
}

}  // namespace sampan
