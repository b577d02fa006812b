// The sites whose links we read, as tables: which host is whose, and where in its links the product id stands.
//
// Shape   a domain means itself and its sub-domains; in a path form "*" is the id, "?" an agent's word for a marketplace
// Source  upstream.md 7
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace sampan {

enum class LinkTarget { taobao, taobao_global, alibaba1688, jd, weidian };

// What a host of this site means; of two rows that match a host the longer domain counts.
enum class SiteKind { taobao, tmall, taobao_global, alibaba1688, jd, jd_union, weidian, short_link, agent };

struct LinkSite {
  std::string_view domain;
  SiteKind kind;
};
std::span<const LinkSite> link_sites();

// "Equal to or below", never "contains"; one trailing dot of the host does not count.
bool is_host_of(std::string_view domain, std::string_view host);
// The site of a host in lower case, or null.
const LinkSite* find_site(std::string_view host);

// A marketplace's host of this kind whose first label is `label` ("shop*": begins with it) shows a shop or a search.
struct ShopLabel {
  SiteKind kind;
  std::string_view label;
};
std::span<const ShopLabel> shop_labels();

// Where the id stands, in the order in which a link is asked.
struct IdForm {
  SiteKind kind;
  LinkTarget target;
  std::string_view path;  // "/offer/*.html", or empty:
  std::string_view key;   // the key in the query
};
std::span<const IdForm> id_forms();

// The key that names the SKU beside the product.
struct SkuKey {
  LinkTarget target;
  std::string_view key;
};
std::span<const SkuKey> sku_keys();

// An agent's words for the marketplaces, in lower case.
struct TargetWord {
  std::string_view word;
  LinkTarget target;
};

// "/product?id=…&platform=…"; an empty path is any path.
struct AgentQuery {
  std::string_view domain;
  std::string_view path;
  std::string_view target_key;
  std::string_view id_key;
  std::span<const TargetWord> words;
};
std::span<const AgentQuery> agent_queries();

// "/product/?/*", or "/item-*.html" whose one marketplace is the only word.
struct AgentPath {
  std::string_view domain;
  std::string_view path;
  std::span<const TargetWord> words;
};
std::span<const AgentPath> agent_paths();

// Agents whose link carries the marketplace's link, and the keys that do, in the query or in the fragment's query.
std::span<const std::string_view> nesting_agents();
std::span<const std::string_view> nested_link_keys();

}  // namespace sampan
