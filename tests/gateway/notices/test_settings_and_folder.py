"""The operator's choices about mail; and the folder that stands in for a mail server."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from gateway.clients.mail_folder import MailFolder
from gateway.clients.smtp import SmtpMailer
from gateway.domain.mail import MailServerDown
from gateway.domain.mail_settings import MailSettings, SmtpSettings
from gateway.worker import mailer_of
from shared.kernel.settings import SettingError

SET = {
    "ATRIUM_SMTP_HOST": "mail.example.edu",
    "ATRIUM_MAIL_FROM": "library@example.edu",
}


def read(monkeypatch: pytest.MonkeyPatch, **more: str) -> MailSettings:
    for name, value in (SET | more).items():
        monkeypatch.setenv(name, value)
    return MailSettings.from_environment()


def test_nothing_set_means_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SET:
        monkeypatch.delenv(name, raising=False)
    settings = MailSettings.from_environment()
    assert (settings.goes_out, mailer_of(settings)) == (False, None)


def test_a_named_server_is_spoken_to_under_encryption_at_its_usual_port(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    smtp = read(monkeypatch).smtp
    assert smtp is not None
    assert (smtp.security, smtp.port) == ("starttls", 587)
    smtp = read(monkeypatch, ATRIUM_SMTP_SECURITY="tls").smtp
    assert smtp is not None
    assert smtp.port == 465


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ATRIUM_SMTP_SECURITY": "perhaps"}, "ATRIUM_SMTP_SECURITY"),
        ({"ATRIUM_SMTP_SECURITY": "none", "ATRIUM_SMTP_USER": "u"}, "in the clear"),
        ({"ATRIUM_MAIL_FROM": "the library"}, "ATRIUM_MAIL_FROM"),
        ({"ATRIUM_MAIL_FROM": ""}, "ATRIUM_MAIL_FROM is missing"),
        ({"ATRIUM_SMTP_PORT": "many"}, "ATRIUM_SMTP_PORT"),
        ({"ATRIUM_REMIND_BOOKING_MINUTES": "-1"}, "ATRIUM_REMIND_BOOKING_MINUTES"),
    ],
)
def test_what_cannot_work_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], told: str
) -> None:
    with pytest.raises(SettingError, match=told):
        read(monkeypatch, **wrong)


def test_the_password_is_not_shown() -> None:
    assert "secret word" not in repr(SmtpSettings(host="h", user="u", password="secret word"))


def test_a_server_goes_before_a_folder(tmp_path: Path) -> None:
    smtp = SmtpSettings(host="h")
    both = MailSettings(smtp=smtp, folder=tmp_path, sender="l@example.edu")
    assert isinstance(mailer_of(both), SmtpMailer)
    assert isinstance(mailer_of(MailSettings(folder=tmp_path)), MailFolder)


def a_letter() -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"] = "预约成功"
    letter["Message-ID"] = "<booking_confirmed.1/../2@example.edu>"
    letter.set_content("您好")
    return letter


def test_in_the_folder_a_letter_is_one_file_however_often_it_is_handed_over(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "made" / "when needed"
    with MailFolder(folder).open() as post:
        post.hand_over(a_letter(), "li@example.edu")
        post.hand_over(a_letter(), "li@example.edu")
    (file,) = folder.iterdir()
    assert file.name == "booking_confirmed.1..2.eml"
    parsed = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert parsed["Subject"] == "预约成功"


def test_a_folder_that_cannot_be_written_delays_mail(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    with MailFolder(in_the_way).open() as post, pytest.raises(MailServerDown):
        post.hand_over(a_letter(), "li@example.edu")
