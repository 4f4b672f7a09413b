"""Signs the first user of the admin in, straight in the database; prints what his browser holds, as JSON."""

import json

import django


def main() -> None:
    django.setup(set_prefix=False)
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(pk=1))  # type: ignore[arg-type]  # types follow the other settings
    print(json.dumps({name: cookie.value for name, cookie in client.cookies.items()}))


if __name__ == "__main__":
    main()
