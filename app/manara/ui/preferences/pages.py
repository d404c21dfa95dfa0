"""Every page, in the order in which they are offered. A new page is one file and one line here."""

from manara.ui.preferences.about_page import AboutPage
from manara.ui.preferences.appearance_page import AppearancePage
from manara.ui.preferences.checks_page import ChecksPage
from manara.ui.preferences.diagnosis_page import DiagnosisPage
from manara.ui.preferences.history_page import HistoryPage
from manara.ui.preferences.login_page import LoginPage
from manara.ui.preferences.network_page import NetworkPage
from manara.ui.preferences.notifications_page import NotificationsPage
from manara.ui.preferences.page import Page
from manara.ui.preferences.services_page import ServicesPage

PAGES: tuple[type[Page], ...] = (
    ServicesPage,
    ChecksPage,
    NetworkPage,
    DiagnosisPage,
    NotificationsPage,
    AppearancePage,
    HistoryPage,
    LoginPage,
    AboutPage,
)
