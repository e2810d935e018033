"""The list of visitor journeys: what the site consists of."""

from collections.abc import Sequence

from flask import Blueprint

from gateway.pages import (
    arrive,
    assets,
    campus_sign_in,
    find_a_space,
    find_by_day,
    find_on_map,
    home,
    inbox,
    my_bookings,
    my_points,
    my_tokens,
    settings,
    sign_in,
    suggestions,
    unsent_answers,
    whats_on,
)
from gateway.pages.admin import faculties as admin_faculties
from gateway.pages.admin import health as admin_health
from gateway.pages.admin import imports as admin_imports
from gateway.pages.admin import people as admin_people
from gateway.pages.admin import sign_in as admin_sign_in
from gateway.pages.admin import undelivered as admin_undelivered
from gateway.pages.areas import Area, Entry
from gateway.pages.developers import pages as developers
from gateway.pages.developers import problem_codes
from gateway.pages.language import gettext as _
from gateway.pages.organizer import journey as organizer
from gateway.pages.organizer.blueprint import ROLES as RUNNERS
from gateway.pages.participation import (
    demand,
    figures,
    report_files,
    term_calendar,
    times_of_use,
)
from gateway.pages.staff import journey as staff

BLUEPRINTS: Sequence[Blueprint] = (
    home.blueprint,
    sign_in.blueprint,
    unsent_answers.blueprint,
    campus_sign_in.blueprint,
    find_a_space.blueprint,
    find_by_day.blueprint,
    find_on_map.blueprint,
    my_bookings.blueprint,
    arrive.blueprint,
    whats_on.blueprint,
    suggestions.blueprint,
    my_points.blueprint,
    inbox.blueprint,
    settings.blueprint,
    organizer.whole_journey(),
    figures.blueprint,
    times_of_use.blueprint,
    report_files.blueprint,
    demand.blueprint,
    term_calendar.blueprint,
    my_tokens.blueprint,
    developers.blueprint,
    problem_codes.blueprint,
    admin_people.blueprint,
    admin_imports.blueprint,
    admin_faculties.blueprint,
    admin_sign_in.blueprint,
    admin_undelivered.blueprint,
    admin_health.blueprint,
    *staff.BLUEPRINTS,
    assets.blueprint,
)

AREAS: Sequence[Area] = (
    staff.AREA,
    Area(
        code="figures",
        own="manager",
        name=lambda: _("Figures"),
        roles=frozenset({"manager", "admin"}),
        entries=(
            Entry("figures.overview", lambda: _("Participation")),
            Entry("times_of_use.heat_map", lambda: _("Times of use")),
            Entry("demand.demand", lambda: _("Demand")),
            Entry("term_calendar.calendar", lambda: _("Terms")),
        ),
    ),
    Area(
        code="admin",
        own="admin",
        name=lambda: _("Administration"),
        roles=frozenset({"admin"}),
        entries=(
            Entry("admin_people.people", lambda: _("People and roles")),
            Entry("admin_imports.imports", lambda: _("Import")),
            Entry("admin_faculties.named", lambda: _("Faculties")),
            Entry("admin_sign_in.ways", lambda: _("Sign-in")),
            Entry("my_tokens.tokens", lambda: _("My API tokens")),
            Entry("admin_undelivered.desks", lambda: _("Undelivered messages")),
            Entry("admin_health.health", lambda: _("Health")),
        ),
    ),
    Area(
        code="organizer",
        own="organizer",
        name=lambda: _("Organizing"),
        roles=frozenset(RUNNERS),
        entries=(Entry("organizer.mine", lambda: _("My activities")),),
    ),
)
"""In the order in which work begins for who has several roles: what may be empty comes last."""
