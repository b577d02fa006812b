// A call of the AOP gateway before it is signed, and how its JSON parameters are written.
//
// Shape   POST /openapi/param2/1/<space>/<api>/<app key>, a form; an object stands in it as JSON text, an id in that text as a
//         number where it is one (1688 types them Long)
// Source  upstream.md 4.1
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/core/http.hpp"
#include "shared/core/instant.hpp"
#include "shared/marketplace/parameter.hpp"

namespace sampan::alibaba1688 {

inline constexpr std::string_view trade_space = "com.alibaba.trade";
inline constexpr std::string_view logistics_space = "com.alibaba.logistics";
inline constexpr std::string_view product_space = "com.alibaba.fenxiao.crossborder";

struct Call {
  std::string_view space;
  std::string_view api;
  std::vector<Parameter> parameters;
};

// What is signed before the parameters: "param2/1/<space>/<api>/<app key>".
std::string signed_path(const Call& call, std::string_view app_key);

// `parameters` are the call's own and the gateway's, the signature among them.
HttpRequest request_of(std::string_view path, const std::vector<Parameter>& parameters);

// The names are ours and need no escaping.
class JsonObject {
 public:
  JsonObject& text(std::string_view name, std::string_view value);
  JsonObject& text_unless_empty(std::string_view name, std::string_view value);
  JsonObject& number(std::string_view name, int64_t value);
  JsonObject& id(std::string_view name, std::string_view value);
  std::string written() const { return out_.empty() ? "{}" : out_ + "}"; }

 private:
  void name(std::string_view name);
  std::string out_;
};

// "[1,2]" of texts that are JSON already.
std::string json_array(const std::vector<std::string>& elements);

// 2205300041300041234 as a number, anything else as a string.
std::string json_id(std::string_view id);

// "20261124160000000+0800", as 1688 writes a time.
std::string china_time(Instant at);

}  // namespace sampan::alibaba1688
