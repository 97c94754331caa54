"""The list of people as a small Django site on SQLite: sessions in the database, one page of 50 rows.

Run by the workload `pages`: python people.py prepare THIDUA.SQLITE, then gunicorn people:application.
"""
import os
import sqlite3
import sys

import django
from django.conf import settings

settings.configure(
    DEBUG=False,
    SECRET_KEY="measure",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["PEER_DATABASE"]}},
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"people.html": """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Đơn vị, con người</title></head><body>
<nav><ul>{% for item in menu %}<li><a href="{{ item }}">{{ item }}</a></li>{% endfor %}</ul></nav><p>{{ user.username }}</p>
<table><thead><tr><th>Họ và tên</th><th>Mã số</th><th>Chức vụ</th><th>Đơn vị</th></tr></thead><tbody>
{% for person in people %}<tr><th><a href="/{{ person.id }}">{{ person.name }}</a></th><td>{{ person.code }}</td><td>{{ person.post }}</td><td>{{ person.unit.name }}</td></tr>{% endfor %}
</tbody></table></body></html>"""})]},
    }],
)
django.setup()

from django.contrib.auth import login  # noqa: E402
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402


class Unit(models.Model):
    name = models.TextField()

    class Meta:
        app_label = "people"


class Person(models.Model):
    name = models.TextField(db_index=True)
    code = models.TextField()
    post = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE)

    class Meta:
        app_label = "people"


MENU = ["Việc của tôi", "Kế hoạch", "Xét khen thưởng", "Hội đồng", "Quyết định", "Sổ khen thưởng", "Đơn vị, con người"]


def enter(request):
    login(request, User.objects.get(username="a"))
    return HttpResponse("vào")


@login_required(login_url="/enter")
def people(request):
    units = list(Unit.objects.all())
    found = Person.objects.select_related("unit").order_by("name", "id")[:50]
    return render(request, "people.html", {"people": found, "units": units, "menu": MENU})


urlpatterns = [path("enter", enter), path("", people)]
application = get_wsgi_application()

if __name__ == "__main__" and sys.argv[1] == "prepare":
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Unit)
        editor.create_model(Person)
    User.objects.create_user("a", password="a")
    source = sqlite3.connect(sys.argv[2])
    rows = [
        {"name": name, "code": code or "", "post": post or "", "unit": unit or ""}
        for name, code, post, unit in source.execute(
            "select people.name, people.staff_code, posts.title, units.code from people"
            " left join posts on posts.person = people.id left join units on units.id = posts.unit"
        )
    ]
    units = {name: Unit.objects.create(name=name) for name in {row["unit"] for row in rows}}
    Person.objects.bulk_create(
        Person(name=row["name"], code=row["code"], post=row["post"], unit=units[row["unit"]]) for row in rows
    )
    connection.cursor().execute("pragma journal_mode=wal")
