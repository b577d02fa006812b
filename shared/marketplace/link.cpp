#include "shared/marketplace/link.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "shared/core/http.hpp"
#include "shared/marketplace/link_sites.hpp"
#include "shared/marketplace/link_text.hpp"

namespace sampan {
namespace {

tl::unexpected<Error> not_a_product() {
  return fail(ErrorCode::link_not_a_product,
              "There is no link to a product of Taobao, Tmall, 1688 or JD in this text.");
}
tl::unexpected<Error> needs_lookup() {
  return fail(ErrorCode::link_needs_lookup,
              "This is a short link or a share code: open it, and paste the address of the product's own page.");
}
tl::unexpected<Error> unsupported() {
  return fail(ErrorCode::link_unsupported, "This product is on Weidian, where Sampan does not buy.");
}
tl::unexpected<Error> ambiguous() {
  return fail(ErrorCode::link_ambiguous, "A number alone can mean a product of several marketplaces: paste its link.");
}

// Of several links without a product, the most helpful answer.
int helpfulness(ErrorCode code) {
  if (code == ErrorCode::link_needs_lookup) return 2;
  return code == ErrorCode::link_unsupported ? 1 : 0;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The first value of the key, decoded; empty when there is none. Key names are case-sensitive.
std::string value_of(std::string_view query, std::string_view key) {
  for (const HttpField& field : parse_form(query))
    if (field.name == key) return field.value;
  return {};
}

struct PathMatch {
  std::string_view word;  // what stands at "?"
  std::string_view id;    // what stands at "*"
};

// "/product/1/625267101304" against "/product/?/*".
std::optional<PathMatch> match(std::string_view path, std::string_view form) {
  PathMatch found;
  if (const size_t mark = form.find('?'); mark != std::string_view::npos) {
    if (!path.starts_with(form.substr(0, mark))) return std::nullopt;
    path.remove_prefix(mark);
    form.remove_prefix(mark + 1);
    found.word = path.substr(0, path.find('/'));
    path.remove_prefix(found.word.size());
  }
  const size_t star = form.find('*');
  const std::string_view before = form.substr(0, star);
  const std::string_view behind = form.substr(star + 1);
  if (path.size() < before.size() + behind.size()) return std::nullopt;
  if (!path.starts_with(before) || !path.ends_with(behind)) return std::nullopt;
  found.id = path.substr(before.size(), path.size() - before.size() - behind.size());
  return found;
}

Result<LinkedProduct> product(LinkTarget target, std::string_view id) {
  LinkedProduct linked;
  linked.product_id.value = std::string(id);
  switch (target) {
    case LinkTarget::taobao: linked.marketplace = IdSpace::taobao; break;
    case LinkTarget::taobao_global: linked.marketplace = IdSpace::taobao_global; break;
    case LinkTarget::alibaba1688: linked.marketplace = IdSpace::alibaba1688; break;
    case LinkTarget::jd: linked.marketplace = IdSpace::jd; break;
    case LinkTarget::weidian: return unsupported();
  }
  return linked;
}

bool shows_a_shop(SiteKind kind, std::string_view host) {
  const std::string_view label = host.substr(0, host.find('.'));
  const auto labels = shop_labels();
  return std::any_of(labels.begin(), labels.end(), [&](const ShopLabel& shop) {
    if (shop.kind != kind) return false;
    return shop.label.ends_with('*') ? label.starts_with(shop.label.substr(0, shop.label.size() - 1))
                                     : label == shop.label;
  });
}

Result<LinkedProduct> product_with_sku(LinkTarget target, std::string_view id, const ParsedUrl& url) {
  TRY(LinkedProduct linked, product(target, id));
  for (const SkuKey& row : sku_keys()) {
    if (row.target != target) continue;
    if (std::string sku = value_of(url.query, row.key); is_product_id(sku)) linked.sku_id = SkuId{std::move(sku)};
  }
  return linked;
}

Result<LinkedProduct> read_marketplace(const ParsedUrl& url, SiteKind kind) {
  if (shows_a_shop(kind, url.host)) return not_a_product();
  for (const IdForm& form : id_forms()) {
    if (form.kind != kind) continue;
    if (!form.path.empty()) {
      const auto found = match(url.path, form.path);
      if (found && is_product_id(found->id)) return product_with_sku(form.target, found->id, url);
      continue;
    }
    const std::string id = value_of(url.query, form.key);
    if (id.empty()) continue;
    // The first key that says something decides: a wrong product is worse than none.
    return is_product_id(id) ? product_with_sku(form.target, id, url) : not_a_product();
  }
  return not_a_product();
}

std::optional<LinkTarget> target_of(std::span<const TargetWord> words, std::string_view text) {
  const auto same = [](char a, char b) { return lower(a) == b; };
  for (const TargetWord& row : words)
    if (std::equal(text.begin(), text.end(), row.word.begin(), row.word.end(), same)) return row.target;
  return std::nullopt;
}

Result<LinkedProduct> read_url(std::string_view text, const ParseUrl& parse_url, bool is_nested);

// What `url=` holds is already decoded once; some sites encode it twice.
Result<LinkedProduct> read_nested(const std::string& value, const ParseUrl& parse_url) {
  for (const std::string& text : {value, form_decoded(value)}) {
    const auto link = as_link(text);
    if (!link) continue;
    auto linked = read_url(*link, parse_url, true);
    if (linked || linked.error().code != ErrorCode::link_not_a_product) return linked;
  }
  return not_a_product();
}

Result<LinkedProduct> read_agent(const ParsedUrl& url, const ParseUrl& parse_url, bool is_nested) {
  std::string_view path = url.path;
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);

  for (const AgentQuery& row : agent_queries()) {
    if (!is_host_of(row.domain, url.host) || (!row.path.empty() && path != row.path)) continue;
    const auto target = target_of(row.words, value_of(url.query, row.target_key));
    const std::string id = value_of(url.query, row.id_key);
    if (target && is_product_id(id)) return product(*target, id);
  }
  for (const AgentPath& row : agent_paths()) {
    if (!is_host_of(row.domain, url.host)) continue;
    const auto found = match(path, row.path);
    if (!found || !is_product_id(found->id)) continue;
    if (const auto target = target_of(row.words, found->word)) return product(*target, found->id);
  }

  const auto agents = nesting_agents();
  const auto is_ours = [&](std::string_view domain) { return is_host_of(domain, url.host); };
  if (is_nested || std::none_of(agents.begin(), agents.end(), is_ours)) return not_a_product();
  const std::string_view fragment = url.fragment;
  const std::string_view fragment_query = fragment.substr(std::min(fragment.find('?'), fragment.size() - 1) + 1);
  for (const std::string_view query : {std::string_view(url.query), fragment_query})
    for (const std::string_view key : nested_link_keys())
      if (const std::string value = value_of(query, key); !value.empty()) return read_nested(value, parse_url);
  return not_a_product();
}

Result<LinkedProduct> read_url(std::string_view text, const ParseUrl& parse_url, bool is_nested) {
  const auto url = parse_url(text);
  if (!url || (url->scheme != "https" && url->scheme != "http")) return not_a_product();
  const LinkSite* site = find_site(url->host);
  if (site == nullptr) return not_a_product();
  switch (site->kind) {
    case SiteKind::short_link: return url->path.size() > 1 || !url->query.empty() ? needs_lookup() : not_a_product();
    // The union's own id: it cannot be bought by, and only JD knows its SKU.
    case SiteKind::jd_union: return match(url->path, "/detail/*.html") ? needs_lookup() : not_a_product();
    case SiteKind::agent: return read_agent(*url, parse_url, is_nested);
    default: return read_marketplace(*url, site->kind);
  }
}

Result<LinkedProduct> read_link(const std::string& link, const ParseUrl& parse_url) {
  auto linked = read_url(link, parse_url, false);
  if (linked || linked.error().code != ErrorCode::link_not_a_product) return linked;
  const std::string_view shorter = before_foreign_words(link);
  return shorter.size() == link.size() ? linked : read_url(shorter, parse_url, false);
}

}  // namespace

Result<std::vector<LinkedProduct>> read_links(std::string_view text, const ParseUrl& parse_url) {
  if (is_only_numbers(text)) return ambiguous();
  const LinkText parts = take_apart(text);

  std::vector<LinkedProduct> products;
  std::set<std::pair<IdSpace, std::string>> seen;
  Error error = not_a_product().value();
  for (const std::string& link : parts.links) {
    auto linked = read_link(link, parse_url);
    if (!linked) {
      if (helpfulness(linked.error().code) > helpfulness(error.code)) error = std::move(linked).error();
    } else if (seen.emplace(linked->marketplace, linked->product_id.value).second) {
      products.push_back(*std::move(linked));
    }
  }

  if (!products.empty()) return products;
  if (error.code == ErrorCode::link_not_a_product && has_share_code(parts.words)) return needs_lookup();
  return tl::unexpected(std::move(error));
}

}  // namespace sampan
