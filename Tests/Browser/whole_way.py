#!/usr/bin/env python3
"""The whole way in a real browser: an operator signs in, brings a draft, corrects a class and publishes; a developer opens the
link from the message, reads the redline, accepts, opts out and ends. Every page is checked with axe, in light and dark and at
a telephone's width.

    Tests/Browser/whole_way.py TENOR [--pictures FOLDER]
"""
import email, email.policy, re, sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from place import ROOT, Place

from axe_core_python.selenium import Axe
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import Select, WebDriverWait

PICTURES = Path(sys.argv[3]).resolve() if len(sys.argv) > 3 and sys.argv[2] == "--pictures" else None


def browser(dark=False, width=1280, height=900):
    options = webdriver.ChromeOptions()
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]:
        options.add_argument(argument)
    options.binary_location = "/usr/bin/chromium"
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    dress(driver, dark, width, height)
    driver.implicitly_wait(5)
    return driver


def dress(driver, dark=False, width=1280, height=900):
    """Light or dark, and how wide."""
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})


checked, violations = [], []


def check(driver, name, picture=None):
    """No violation of axe in any dress; pictures where they are asked for."""
    address = driver.current_url
    for dark, width in [(False, 1280), (True, 1280), (False, 320), (False, 390)]:
        dress(driver, dark, width)
        found = Axe().run(driver, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
        for item in found["violations"]:
            violations.append(
                f"{name} ({address}, dark={dark}, width={width}): {item['id']}: {item['help']}: "
                f"{item['nodes'][0]['html'][:160]}")
        # Nothing makes the page itself wider than a telephone, or than a page enlarged fourfold (WCAG 1.4.10).
        wide = driver.execute_script("return document.documentElement.scrollWidth")
        if width < 600 and wide > width:
            violations.append(f"{name} ({address}) is {wide} pixels wide on a telephone of {width}")
        if PICTURES and picture and width != 320:
            PICTURES.mkdir(parents=True, exist_ok=True)
            dressed = "telephone" if width < 600 else "dark" if dark else "light"
            driver.save_screenshot(str(PICTURES / f"{picture}-{dressed}.png"))
    dress(driver)
    checked.append(name)


def go(driver, element):
    """Follows a link or sends a form, and waits for the page that comes next."""
    here = driver.find_element(By.TAG_NAME, "html")
    element.click()
    WebDriverWait(driver, 30).until(staleness_of(here))
    WebDriverWait(driver, 30).until(lambda driver: driver.execute_script("return document.readyState") == "complete")


def press(driver, words):
    go(driver, driver.find_element(By.XPATH, f"//button[contains(., '{words}')] | //a[contains(., '{words}')]"))


def text(driver):
    return driver.find_element(By.TAG_NAME, "main").text


def the_operator(place, driver, token):
    driver.get(place.base + "/desk")
    assert driver.current_url.endswith("/sign-in?next=/desk"), driver.current_url
    check(driver, "sign in")
    driver.find_element(By.ID, "token").send_keys("tenor_wrong")
    press(driver, "Sign in")
    assert "unknown, expired or revoked" in text(driver)
    driver.find_element(By.ID, "token").send_keys(token)
    go(driver, driver.find_element(By.CSS_SELECTOR, "main button"))
    assert driver.current_url == place.base + "/desk", driver.current_url
    go(driver, driver.find_element(By.CSS_SELECTOR, "a[href='/desk/connector-terms/new']"))
    check(driver, "new draft")
    draft = (ROOT / "Terms/connector-terms/drafts/next.md").read_text()
    draft = draft.replace("within 30 days", "within 21 days")
    area = driver.find_element(By.ID, "text")
    driver.execute_script("arguments[0].value = arguments[1]", area, draft)
    press(driver, "Keep and review")
    assert "/desk/drafts/1" in driver.current_url, driver.current_url + text(driver)[:400]
    assert "it would be refused" in text(driver), "a change that a law requires wants its law"
    check(driver, "review", "review")
    # What a law requires gets its citation.
    field = driver.find_element(By.XPATH, "//label[contains(., 'Class of 4(f)')]/following-sibling::select")
    Select(field).select_by_value("legal-required")
    number = field.get_attribute("id").split("-")[1]
    driver.find_element(By.ID, f"basis-{number}").send_keys("Regulation (EU) 2024/2847, article 14")
    driver.find_element(By.ID, "summary").send_keys("Shorter deletion period; reports to authorities.")
    press(driver, "Keep and review again")
    assert "it would be refused" not in text(driver), text(driver)[:600]
    driver.find_element(By.ID, "confirmation").send_keys("connector")
    press(driver, "Publish version")
    assert "type 'connector-terms' exactly" in text(driver), text(driver)[:600]
    driver.find_element(By.ID, "confirmation").send_keys("connector-terms")
    press(driver, "Publish version")
    assert "/desk/connector-terms/versions/" in driver.current_url, text(driver)[:600]
    assert "queued" in text(driver)
    check(driver, "progress")
    place.tenor("notices", "send")
    driver.refresh()
    assert "accepted" in text(driver)
    driver.get(place.base + "/desk")
    check(driver, "desk", "desk")
    driver.get(place.base + "/desk/log")
    assert "version-posted" in text(driver)
    check(driver, "log")
    press(driver, "Sign out")
    driver.get(place.base + "/desk")
    assert "/sign-in" in driver.current_url


def link_in_the_message(place):
    [message] = Path(place.environment["TENOR_MAIL_FOLDER"]).rglob("*.eml")
    body = email.message_from_bytes(message.read_bytes(), policy=email.policy.default)
    plain = body.get_body(("plain",)).get_content()
    found = re.search(rf"{re.escape(place.base)}/me/in/\S+", plain)
    assert found, plain
    return found.group(0).rstrip(".>)")


def the_developer(place, driver):
    driver.get(link_in_the_message(place))
    assert driver.current_url == place.base + "/me/connector-terms", driver.current_url
    shown = text(driver)
    assert "binds you from" in shown and "What will change for you" in shown, shown[:800]
    assert driver.find_elements(By.TAG_NAME, "ins") and driver.find_elements(By.TAG_NAME, "del")
    check(driver, "developer's page", "developer")
    press(driver, "The text that binds you")
    check(driver, "binding text")
    driver.get(place.base + "/me")
    check(driver, "developer's documents")
    for address, button, words in [
        ("accept", "Accept version", "You accepted version"), ("opt-out", "Opt out", "You opted out"),
        ("end", "End the agreement", "You gave notice"),
    ]:
        driver.get(f"{place.base}/me/connector-terms/{address}")
        assert "What follows" in text(driver)
        check(driver, address, "confirmation" if address == "end" else None)
        go(driver, driver.find_element(By.XPATH, f"//main//button[contains(., '{button}')]"))
        assert words in text(driver), text(driver)[:600]
        check(driver, f"receipt of {address}")
    # Nobody sees what is another's.
    driver.get(place.base + "/desk")
    assert "may not" in text(driver)


def the_archive(place, driver):
    for path, name, picture in [
        ("/", "documents", None), ("/connector-terms", "a version", "version"),
        ("/connector-terms/versions", "history", None),
        ("/connector-terms/compare/2025-12-17...2026-07-09", "comparison", "comparison"),
        ("/connector-terms/compare/2025-06-04...2026-07-09?view=columns&show=whole", "comparison in columns", None),
        ("/connector-terms/clauses/7(f)", "clause", None), ("/search?q=notice", "search", None),
        ("/connector-terms/on/2025-12-31", "on a day", None), ("/nothing", "not found", None),
    ]:
        driver.get(place.base + path)
        check(driver, name, picture)


def main():
    place = Place()
    place.fill()
    token = place.tenor("tokens", "create", "operator").splitlines()[-1]
    place.serve()
    driver = browser()
    try:
        the_archive(place, driver)
        the_operator(place, driver, token)
        the_developer(place, driver)
    except BaseException:
        print(driver.current_url, text(driver)[:1500], *violations, sep="\n", file=sys.stderr)
        raise
    finally:
        driver.quit()
        place.close()
    if violations:
        sys.exit("\n".join(violations))
    print(f"the whole way, {len(checked)} pages without a violation in light, dark and at a telephone's width")


main()
