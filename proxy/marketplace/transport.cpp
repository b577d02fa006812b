#include "proxy/marketplace/transport.hpp"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "proxy/marketplace/network_address.hpp"

namespace sampan {
namespace {

constexpr size_t most_idle_connections = 32;

struct EndHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, EndHandle>;

struct EndList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, EndList>;

struct EndUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// What libcurl's callbacks read and fill.
struct Exchange {
  std::string_view unsent;
  size_t most_reply_bytes = 0;
  size_t reply_bytes = 0;
  bool has_whole_header = false;  // libcurl lets a reply pass that ends within it
  HttpReply reply;
};

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

size_t hand_out(char* into, size_t size, size_t count, void* user) {
  Exchange& exchange = *static_cast<Exchange*>(user);
  const size_t bytes = std::min(size * count, exchange.unsent.size());
  std::memcpy(into, exchange.unsent.data(), bytes);
  exchange.unsent.remove_prefix(bytes);
  return bytes;
}

bool is_within_limit(Exchange& exchange, size_t bytes) {
  exchange.reply_bytes += bytes;
  return exchange.reply_bytes <= exchange.most_reply_bytes;
}

size_t take_body(char* from, size_t size, size_t count, void* user) {
  Exchange& exchange = *static_cast<Exchange*>(user);
  if (!is_within_limit(exchange, size * count)) return 0;
  exchange.reply.body.append(from, size * count);
  return size * count;
}

size_t take_header(char* from, size_t size, size_t count, void* user) {
  Exchange& exchange = *static_cast<Exchange*>(user);
  const std::string_view line(from, size * count);
  if (!is_within_limit(exchange, line.size())) return 0;
  const size_t colon = line.find(':');
  exchange.has_whole_header = trimmed(line).empty();
  if (line.substr(0, 5) == "HTTP/") {
    exchange.reply.fields.clear();  // an interim reply came before
  } else if (colon != std::string_view::npos) {
    exchange.reply.fields.push_back(
        {std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))});
  }
  return line.size();
}

// Called with the address that the name has resolved to, before anything is connected.
curl_socket_t open_public(void* /*user*/, curlsocktype /*purpose*/, curl_sockaddr* address) {
  if (!is_public(address->addr)) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool breaks_a_line(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos; }

bool is_request(const HttpRequest& request) {
  const auto bad_field = [](const HttpField& f) {
    return f.name.empty() || breaks_a_line(f.name) || breaks_a_line(f.value);
  };
  return !request.method.empty() && !request.path.empty() && request.path[0] == '/' && !breaks_a_line(request.path) &&
         !breaks_a_line(request.query) && !breaks_a_line(request.method) &&
         std::none_of(request.fields.begin(), request.fields.end(), bad_field);
}

class Transport {
 public:
  Transport(std::string base_url, std::string host, const TransportLimits& limits)
      : base_url_(std::move(base_url)),
        host_(std::move(host)),
        checks_address_(limits.public_only && !is_written_private(host_)),
        limits_(limits) {}

  Result<HttpReply> send(const HttpRequest& request) {
    if (!is_request(request)) return fail(ErrorCode::bad_request, "This is no HTTP request.", host_);
    Handle handle = borrow();
    if (!handle) return fail(ErrorCode::retry_later, "No connection can be made now.", host_);
    Exchange exchange;
    exchange.unsent = request.body;
    exchange.most_reply_bytes = limits_.most_reply_bytes;
    char problem[CURL_ERROR_SIZE] = {};
    const Headers headers = prepare(handle.get(), request, exchange, problem);
    const CURLcode outcome = curl_easy_perform(handle.get());
    if (outcome != CURLE_OK) return failure(handle.get(), outcome, problem);
    if (!exchange.has_whole_header) return failure(handle.get(), CURLE_GOT_NOTHING, problem);

    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    exchange.reply.status = static_cast<int32_t>(status);
    give_back(std::move(handle));
    return std::move(exchange.reply);
  }

 private:
  Handle borrow() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return Handle(curl_easy_init());
    Handle handle = std::move(idle_.back());
    idle_.pop_back();
    return handle;
  }

  void give_back(Handle handle) {
    curl_easy_reset(handle.get());  // its connection stays
    const std::lock_guard lock(mutex_);
    if (idle_.size() < most_idle_connections) idle_.push_back(std::move(handle));
  }

  Headers prepare(CURL* handle, const HttpRequest& request, Exchange& exchange, char* problem) const {
    const std::string url = base_url_ + request.path + (request.query.empty() ? "" : "?" + request.query);
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);  // threads
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.deadline.ms));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect_timeout.ms));
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, problem);
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    if (checks_address_) curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_public);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &exchange);
    set_method(handle, request, exchange);

    curl_slist* list = curl_slist_append(nullptr, "Expect:");
    for (const HttpField& field : request.fields)
      list = curl_slist_append(list, (field.name + (field.value.empty() ? ";" : ": " + field.value)).c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list);
    return Headers(list);
  }

  static void set_method(CURL* handle, const HttpRequest& request, Exchange& exchange) {
    if (request.method == "GET" && request.body.empty()) return;
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    // By a callback that cannot rewind: libcurl then does not repeat a body that it has sent.
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, hand_out);
    curl_easy_setopt(handle, CURLOPT_READDATA, &exchange);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    if (request.body.empty()) curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
  }

  Result<HttpReply> failure(CURL* handle, CURLcode outcome, const char* problem) const {
    long request_bytes = 0;
    curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &request_bytes);
    const std::string context = host_ + ": " + (problem[0] == 0 ? curl_easy_strerror(outcome) : problem);
    if (request_bytes == 0) return fail(ErrorCode::retry_later, "The other side cannot be reached now.", context);
    return fail(ErrorCode::outcome_unknown, "The other side did not answer in full.", context);
  }

  const std::string base_url_;
  const std::string host_;
  const bool checks_address_;
  const TransportLimits limits_;
  std::mutex mutex_;
  std::vector<Handle> idle_;
};

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

}  // namespace

Result<HttpSend> transport(std::string base_url, const TransportLimits& limits) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) return fail(ErrorCode::bad_data, "libcurl does not start.", curl_easy_strerror(started));

  while (!base_url.empty() && base_url.back() == '/') base_url.pop_back();
  const std::unique_ptr<CURLU, EndUrl> url(curl_url());
  const bool is_url =
      !breaks_a_line(base_url) && curl_url_set(url.get(), CURLUPART_URL, base_url.c_str(), 0) == CURLUE_OK;
  const std::string scheme = is_url ? part(url.get(), CURLUPART_SCHEME) : std::string();
  const bool is_base = (scheme == "http" || scheme == "https") && part(url.get(), CURLUPART_QUERY).empty() &&
                       part(url.get(), CURLUPART_FRAGMENT).empty() && part(url.get(), CURLUPART_USER).empty();
  if (!is_base)
    return fail(ErrorCode::bad_input, "A base address is expected, like https://gw.open.1688.com.", base_url);

  const auto shared = std::make_shared<Transport>(std::move(base_url), part(url.get(), CURLUPART_HOST), limits);
  return HttpSend([shared](const HttpRequest& request) { return shared->send(request); });
}

}  // namespace sampan
