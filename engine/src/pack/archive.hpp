// Values as bytes and back, field by field: plain aggregates by reflection (Boost.PFR), so that a new field cannot be forgotten. An archive is bound
// to the exact bytes of the files that it was made from (`origin`, their hash) and to the shape of its types; whatever does not fit (other files,
// another version, a flipped bit, a cut) reads as nothing, and the caller starts from the files instead. Damage is safe; an archive is otherwise as
// trusted as the program that it lies beside. For one machine: bytes stand in its own order.
#pragma once

#include "pack/checksum.hpp"

#include "theriac/grammar/source.hpp"
#include "theriac/quantity.hpp"

#include <boost/pfr/core.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace theriac::detail::archive {

using Sources = std::vector<grammar::SourcePtr>;

template <class T, template <class...> class Of>
struct is : std::false_type {};
template <class... T, template <class...> class Of>
struct is<Of<T...>, Of> : std::true_type {};

template <class T>
inline constexpr bool plain = std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, std::array<std::int8_t, 12>>;

// Lists of these are packed as they lie: numbers, and what says of itself that it is nothing but numbers (`is_flat`).
template <class T>
constexpr bool is_flat() {
  if constexpr (requires { T::is_flat; })
    return std::has_unique_object_representations_v<T>;
  else
    return std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;
}

class Writer {
 public:
  explicit Writer(const Sources& sources) {
    for (std::size_t i = 0; i < sources.size(); ++i) numbers_.emplace(sources[i]->name(), static_cast<std::uint32_t>(i));
  }
  std::string bytes;

  template <class T>
  void write(const T& value) {
    if constexpr (plain<T>)
      raw(value);
    else if constexpr (std::is_same_v<T, std::string>)
      text(value);
    else if constexpr (std::is_same_v<T, grammar::Place>)
      place(value);
    else if constexpr (std::is_same_v<T, Rational>)
      write(std::pair(value.numerator(), value.denominator()));
    else if constexpr (is<T, std::vector>::value) {
      raw(static_cast<std::uint32_t>(value.size()));
      if constexpr (is_flat<typename T::value_type>())
        bytes.append(reinterpret_cast<const char*>(value.data()), value.size() * sizeof(typename T::value_type));
      else
        for (const auto& each : value) write(each);
    } else if constexpr (is<T, std::optional>::value) {
      raw(static_cast<std::uint8_t>(value ? 1 : 0));
      if (value) write(*value);
    } else if constexpr (is<T, std::pair>::value) {
      write(value.first);
      write(value.second);
    } else if constexpr (is<T, std::variant>::value) {
      raw(static_cast<std::uint32_t>(value.index()));
      std::visit([this](const auto& each) { write(each); }, value);
    } else
      boost::pfr::for_each_field(value, [this](const auto& each) { write(each); });
  }

 private:
  template <class T>
  void raw(const T& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view value) {
    raw(static_cast<std::uint32_t>(value.size()));
    bytes += value;
  }
  void place(const grammar::Place& place) {
    raw(place.source ? numbers_.at(place.source->name()) : std::numeric_limits<std::uint32_t>::max());
    raw(place.span);
  }
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

// Once something does not fit, everything after it reads as empty and `ok` is false.
class Reader {
 public:
  Reader(std::string_view bytes, const Sources& sources) : bytes_(bytes), sources_(sources) {}
  bool ok() const { return ok_; }
  std::string_view rest() const { return bytes_; }

  template <class T>
  void read(T& value) {
    if constexpr (plain<T>)
      raw(value);
    else if constexpr (std::is_same_v<T, std::string>)
      value = take(count());
    else if constexpr (std::is_same_v<T, grammar::Place>)
      place(value);
    else if constexpr (std::is_same_v<T, Rational>)
      rational(value);
    else if constexpr (is<T, std::vector>::value) {
      if constexpr (is_flat<typename T::value_type>()) return flat(value);
      value.clear();
      auto left = count();
      value.reserve(std::min<std::size_t>(left, room_for<typename T::value_type>()));
      for (; left > 0 && ok_; --left) read(value.emplace_back());
    } else if constexpr (is<T, std::optional>::value) {
      std::uint8_t there = 0;
      raw(there);
      if (there != 0) read(value.emplace());
    } else if constexpr (is<T, std::pair>::value) {
      read(value.first);
      read(value.second);
    } else if constexpr (is<T, std::variant>::value)
      alternative(value, std::make_index_sequence<std::variant_size_v<T>>());
    else {
      if (++depth_ > deepest) return fail();
      boost::pfr::for_each_field(value, [this](auto& each) { read(each); });
      --depth_;
    }
  }

 private:
  static constexpr int deepest = 400;  // of what stands within what

  void fail() {
    ok_ = false;
    bytes_ = {};
  }
  std::string_view take(std::size_t size) {
    const auto taken = bytes_.substr(0, size);
    bytes_.remove_prefix(taken.size());
    return taken;
  }
  template <class T>
  void raw(T& value) {
    if (bytes_.size() < sizeof value) return fail();
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
  }
  template <class T>
  void flat(std::vector<T>& value) {
    const auto size = count();
    if (size > bytes_.size() / sizeof(T)) return fail();
    value.resize(size);
    if (size > 0) std::memcpy(value.data(), take(size * sizeof(T)).data(), size * sizeof(T));
  }
  // A wrong size costs no more memory than a small multiple of the bytes that are there.
  template <class T>
  std::size_t room_for() const {
    constexpr std::size_t multiple = 8;  // a value is larger than its bytes, most of all what is empty
    return 1 + multiple * bytes_.size() / sizeof(T);
  }
  // Never more than there are bytes left.
  std::uint32_t count() {
    std::uint32_t count = 0;
    raw(count);
    if (count <= bytes_.size()) return count;
    fail();
    return 0;
  }
  void place(grammar::Place& place) {
    std::uint32_t source = 0;
    raw(source);
    raw(place.span);
    if (source < sources_.size()) place.source = sources_[source];
  }
  void rational(Rational& value) {
    std::pair<std::int64_t, std::int64_t> parts;
    read(parts);
    const auto made = Rational::make(parts.first, parts.second);
    if (!made) return fail();
    value = *made;
  }
  template <class T, std::size_t... I>
  void alternative(T& value, std::index_sequence<I...> /*all*/) {
    std::uint32_t index = 0;
    raw(index);
    const bool known = ((index == I && (read(value.template emplace<I>()), true)) || ...);
    if (!known) fail();
  }

  std::string_view bytes_;
  const Sources& sources_;
  bool ok_ = true;
  int depth_ = 0;
};

// The shape of a type in words: what a build with other fields would not share. A type that holds itself is named once.
class Shape {
 public:
  template <class T>
  void add() {
    text += typeid(T).name();
    text += std::to_string(sizeof(T)) + ';';
    if (std::find(seen_.begin(), seen_.end(), &typeid(T)) != seen_.end()) return;
    seen_.push_back(&typeid(T));
    if constexpr (plain<T> || std::is_same_v<T, std::string> || std::is_same_v<T, grammar::Place> || std::is_same_v<T, Rational>)
      return;
    else if constexpr (is<T, std::vector>::value || is<T, std::optional>::value)
      add<typename T::value_type>();
    else if constexpr (is<T, std::pair>::value || is<T, std::variant>::value)
      each(static_cast<T*>(nullptr));
    else
      fields<T>(std::make_index_sequence<boost::pfr::tuple_size_v<T>>());
  }
  std::string text;

 private:
  template <template <class...> class Of, class... T>
  void each(Of<T...>* /*type*/) {
    (add<T>(), ...);
  }
  template <class T, std::size_t... I>
  void fields(std::index_sequence<I...> /*all*/) {
    (add<boost::pfr::tuple_element_t<I, T>>(), ...);
  }
  std::vector<const std::type_info*> seen_;
};

struct Header {
  std::string magic, origin;
  std::uint64_t shape = 0, sum = 0;
};

template <class T>
Header header(std::string_view origin, std::string_view body) {
  Shape shape;
  shape.add<T>();
  return {"theriac.pack/4\n", std::string(origin), checksum(shape.text), checksum(body)};
}

// `sources`: the files that places point into, in a fixed order.
template <class T>
std::string pack(const T& data, std::string_view origin, const Sources& sources) {
  Writer body(sources), whole(sources);
  body.write(data);
  whole.write(header<T>(origin, body.bytes));
  return whole.bytes + body.bytes;
}

template <class T>
std::optional<T> unpack(std::string_view bytes, std::string_view origin, const Sources& sources) {
  Reader reader(bytes, sources);
  Header said;
  reader.read(said);
  const auto fits = header<T>(origin, reader.rest());
  if (!reader.ok() || said.magic != fits.magic || said.origin != fits.origin || said.shape != fits.shape || said.sum != fits.sum) return std::nullopt;
  std::optional<T> data(std::in_place);
  reader.read(*data);
  if (!reader.ok() || !reader.rest().empty()) return std::nullopt;
  return data;
}

}  // namespace theriac::detail::archive
