// The parameters of a Stripe call: "line_items[0][price_data][currency]", looked up, checked and read.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "proxy/sandbox/stripe_objects.hpp"
#include "shared/core/http.hpp"

namespace sampan {

using StripeParameters = std::vector<HttpField>;
// TRY works on it.
template <class T>
using OrRefusal = tl::expected<T, StripeRefusal>;

tl::unexpected<StripeRefusal> refuse(std::string message, std::string param = {}, std::string code = {},
                                     int32_t status = 400);
tl::unexpected<StripeRefusal> refuse_missing(const std::string& param);

// The first parameter that fits none of `known`, where "[*]" stands for any bracket: "metadata[*]".
OrRefusal<void> check_names(const StripeParameters& parameters, const std::vector<std::string_view>& known);

std::string value_of(const StripeParameters& parameters, std::string_view name);  // empty when absent
OrRefusal<std::string> required(const StripeParameters& parameters, const std::string& name);
// From `least` to `most`; `otherwise` when absent.
OrRefusal<int64_t> integer(const StripeParameters& parameters, const std::string& name, int64_t otherwise,
                           int64_t least, int64_t most);
// What stands under "metadata": name[key]=value.
StripeMetadata metadata(const StripeParameters& parameters, std::string_view name);
// expand[]=… and expand[0]=…, all known for `kind`.
OrRefusal<Expansions> expansions(const StripeParameters& parameters, std::string_view kind);
// An address that a browser may be sent to.
OrRefusal<std::string> web_address(const StripeParameters& parameters, const std::string& name);

struct LineItems {
  Money total;
  std::string name;  // of the first
};
OrRefusal<LineItems> line_items(const StripeParameters& parameters);

}  // namespace sampan
