"""Petitions as a small Django site on SQLite or PostgreSQL: the same rows, one page of 50 in the order of the inbox, one
petition, a form that takes one in; sessions in the database, forms protected.

Run by the workload `petitions`: python petitions.py prepare LINES, then gunicorn petitions:application. The database
is the file DB_FILENAME or the server DB_CONNECTION_STRING.
"""
import datetime
import json
import os
import sys
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings


def database():
    address = os.environ.get("DB_CONNECTION_STRING")
    if address is None:
        pragmas = "pragma journal_mode=wal; pragma synchronous=normal;"
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DB_FILENAME"],
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}}
    parts = urlsplit(address)
    return {"ENGINE": "django.db.backends.postgresql", "NAME": parts.path.lstrip("/"), "HOST": parts.hostname,
            "PORT": parts.port or 5432, "USER": unquote(parts.username or ""), "PASSWORD": unquote(parts.password or ""),
            "CONN_MAX_AGE": None}


HEAD = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Phản ánh, kiến nghị</title></head><body>
<nav><ul>{% for item in menu %}<li><a href="{{ item }}">{{ item }}</a></li>{% endfor %}</ul></nav><p>{{ user.username }}</p>"""
PAGES = {
    "list.html": HEAD + """<table><thead><tr><th>Số</th><th>Nội dung</th><th>Hạn</th><th>Trạng thái</th></tr></thead><tbody>
{% for one in found %}<tr><th><a href="/{{ one.id }}">{{ one.number }}</a><br>{{ one.received|date:"d/m/Y" }}</th><td>{{ one.title }}<br>{{ one.name }}</td><td>{{ one.due|date:"d/m/Y" }}</td><td>{{ one.state }}</td></tr>{% endfor %}
</tbody></table>{% if next %}<a href="/?after={{ next|urlencode }}">Trang sau</a>{% endif %}</body></html>""",
    "show.html": HEAD + """<h1>{{ one.title }}</h1><p>{{ one.number }} · {{ one.name }} · {{ one.address }} · {{ one.phone }} · {{ one.state }}</p>
<p>{{ one.content }}</p><ul>{% for event in events %}<li>{{ event.at|date:"d/m/Y" }} {{ event.what }} {{ event.who }}</li>{% endfor %}</ul></body></html>""",
    "new.html": HEAD + """<form method="post">{% csrf_token %}{{ form.as_p }}<button>Ghi tiếp nhận</button></form></body></html>""",
    "taken.html": HEAD + """<p>Đã tiếp nhận <a href="/{{ one.id }}">{{ one.number }}</a></p></body></html>""",
}
settings.configure(
    DEBUG=False,
    SECRET_KEY="measure",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    TIME_ZONE="Asia/Ho_Chi_Minh",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={"default": database()},
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": ["django.contrib.auth.context_processors.auth"],
            "loaders": [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", PAGES)])],
        },
    }],
)
django.setup()

from django import forms  # noqa: E402
from django.contrib.auth import login  # noqa: E402
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.shortcuts import get_object_or_404, render  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402


class Counter(models.Model):
    year = models.IntegerField(primary_key=True)
    newest = models.IntegerField()

    class Meta:
        app_label = "petitions"


class Petition(models.Model):
    place = models.CharField(max_length=40, db_index=True)
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    content = models.TextField()
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    received = models.DateField()
    due = models.DateField(null=True)

    class Meta:
        app_label = "petitions"


class Event(models.Model):
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE)
    what = models.CharField(max_length=40)
    who = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        app_label = "petitions"


class NewPetition(forms.ModelForm):
    class Meta:
        model = Petition
        fields = ["name", "address", "phone", "title", "content"]


MENU = ["Việc của tôi", "Kế hoạch", "Xét khen thưởng", "Hội đồng", "Quyết định", "Phản ánh, kiến nghị", "Đơn vị, con người"]


def enter(request):
    login(request, User.objects.get(username="a"))
    return HttpResponse("vào")


@login_required(login_url="/enter")
def index(request):
    found = list(Petition.objects.filter(place__gt=request.GET.get("after", "")).order_by("place")[:51])
    following = found[49].place if len(found) > 50 else None
    return render(request, "list.html", {"found": found[:50], "next": following, "menu": MENU})


@login_required(login_url="/enter")
def show(request, id):
    one = get_object_or_404(Petition, pk=id)
    return render(request, "show.html", {"one": one, "events": one.event_set.order_by("at"), "menu": MENU})


@login_required(login_url="/enter")
def new(request):
    form = NewPetition(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "new.html", {"form": form, "menu": MENU})
    with transaction.atomic():
        counter = Counter.objects.select_for_update().get(year=2026)
        counter.newest += 1
        counter.save()
        one = form.save(commit=False)
        one.number, one.state, one.received = f"{counter.newest}/2026", "received", datetime.date(2026, 11, 30)
        one.due = one.received + datetime.timedelta(days=21)
        one.place = f"0 {one.due} {19999 - 2026}{199999999 - counter.newest}1001"
        one.save()
        Event.objects.create(petition=one, what="receive", who=request.user.username, at=timezone.now())
    return render(request, "taken.html", {"one": one, "menu": MENU})


urlpatterns = [path("enter", enter), path("new", new), path("<int:id>", show), path("", index)]
application = get_wsgi_application()

if __name__ == "__main__" and sys.argv[1] == "prepare":
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in (Counter, Petition, Event):
            editor.create_model(model)
    User.objects.create_user("a", password="a")
    Counter.objects.create(year=2026, newest=0)
    names = ["place", "number", "title", "content", "name", "address", "phone", "state", "received", "due"]
    with open(sys.argv[2], encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for start in range(0, len(rows), 5_000):
        some = rows[start:start + 5_000]
        Petition.objects.bulk_create(Petition(id=row["row"] + 1, **{name: row[name] for name in names}) for row in some)
        at = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
        Event.objects.bulk_create(Event(petition_id=row["row"] + 1, what="receive", who="a", at=at) for row in some)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # The rows brought their own ids: the next one follows them.
            cursor.execute(f"select setval(pg_get_serial_sequence('{Petition._meta.db_table}', 'id'), %s)", [len(rows)])
            cursor.execute("analyze")
