#include "theriac/terminology.hpp"

#include <doctest/doctest.h>

using theriac::normalise;

TEST_CASE("names compare without case, hyphens, compatibility forms and plurals") {
  CHECK(normalise("CNS  Depressants") == "cns depressant");
  CHECK(normalise(" non-selective\tMAOI ") == "non selective maoi");
  CHECK(normalise("non\u2011selective \u2013 x") == "non selective x");
  CHECK(normalise("St John\u2019s wort") == "st john's wort");
  CHECK(normalise("Xanax\u00AE") == "xanax");
  CHECK(normalise("Xanax\u2122 XR") == "xanax xr");
  CHECK(normalise("\uFB01brate") == "fibrate");
  CHECK(normalise("\u00B5-opioid") == normalise("\u03BC opioid"));
  CHECK(normalise("oxycodone / acetaminophen") == "oxycodone/acetaminophen");
  CHECK(normalise("STRASSE") == normalise("Stra\u00DFe"));
  CHECK(normalise("caf\u0065\u0301") == normalise("caf\u00E9"));
}

TEST_CASE("a plural is taken off the last word only, and only where it is one") {
  CHECK(normalise("statins") == "statin");
  CHECK(normalise("falls risks") == "falls risk");
  CHECK(normalise("allergies") == "allergy");
  CHECK(normalise("weakness") == "weakness");
  CHECK(normalise("Lantus") == "lantus");
  CHECK(normalise("sepsis") == "sepsis");
  CHECK(normalise("gas") == "gas");
  CHECK(normalise("Parkinson's") == "parkinson's");
  CHECK(normalise("SSRIs") == "ssri");
  CHECK(normalise("PPIs") == "ppi");
  CHECK(normalise("headaches") == "headache");
}

TEST_CASE("text that is no UTF-8 or nothing does no harm") {
  CHECK(normalise("") == "");
  CHECK(normalise(" - ") == "");
  CHECK(normalise("\xFF\xFE") == "\xFF\xFE");
  CHECK(normalise("s") == "s");
}

TEST_CASE("normalising twice changes nothing more") {
  for (const auto* name : {"CNS Depressants", "oxycodone / acetaminophen", "Stra\u00DFe", "non-selective MAOIs"})
    CHECK(normalise(normalise(name)) == normalise(name));
}
