// The resources of one Bundle, or of all lines that hold one resource each: found by reference, put together by patient, and what the Bundle says of
// itself.
#pragma once

#include "item.hpp"

#include <deque>
#include <map>

namespace theriac::fhir {

// Something to be said to every patient of a Bundle: not understood where `kind` is set, else assumed.
struct Remark {
  std::string kind, text, reason;
  Item at;
};

struct Person {
  const Resource* patient = nullptr;
  std::string reference;  // as it is referred to, where there is no Patient resource
  std::vector<const Resource*> resources;
};

class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  // The root lives as long as the store. A Bundle's entries, or one resource.
  void add(const yaml::Node& root);

  // Nothing where it points outside.
  const Resource* resolve(const Item& reference) const;
  std::vector<Person> people() const;
  const std::vector<Remark>& remarks() const { return remarks_; }
  // Types that are not read, and how many.
  const std::map<std::string, std::size_t>& unread() const { return unread_; }
  bool is_part() const { return part_; }  // a page, a subset, an answer with errors
  bool empty() const { return resources_.empty(); }

 private:
  void add_bundle(const yaml::Node& root, const std::string& path, int depth);
  void add_resource(const yaml::Node& node, std::string path, std::string full_url, int depth);
  void add_contained(Resource& container);
  void read_outcome(const Item& outcome);
  void look_at_bundle(const Item& bundle);
  void index(const Resource& resource);
  bool is_older(Resource& resource);
  std::string person_key(const Resource& resource, const Resource*& patient) const;

  std::deque<Resource> resources_, contained_, bundles_;
  std::map<std::string, const Resource*, std::less<>> by_reference_;
  std::map<std::string, const Resource*, std::less<>> by_identifier_;
  std::vector<const Resource*> dropped_;
  std::vector<Remark> remarks_;
  std::map<std::string, std::size_t> unread_;
  bool part_ = false;
};

bool is_medication_use(std::string_view type);
bool is_read(std::string_view type);

}  // namespace theriac::fhir
