import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cms', '0003_content'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=64, unique=True, verbose_name='name')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'code list',
                'verbose_name_plural': 'code lists',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Register',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=60, unique=True, verbose_name='name')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('record_name', models.CharField(max_length=40, verbose_name='one record is called')),
                ('properties', models.JSONField(default=list, verbose_name='properties')),
                ('pack', models.CharField(blank=True, editable=False, max_length=60)),
            ],
            options={
                'verbose_name': 'register',
                'verbose_name_plural': 'registers',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject_version', models.PositiveIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'Being filled in'), ('submitted', 'Submitted'), ('discarded', 'Discarded')], default='open', max_length=10)),
                ('kept_answers', models.JSONField(blank=True, default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('visited', models.JSONField(blank=True, default=list)),
                ('is_test', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='saved')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='form_drafts', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cms.school')),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
                'ordering': ['-updated_at'],
            },
        ),
        migrations.CreateModel(
            name='AnswerFile',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('stored_name', models.CharField(max_length=120, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='forms.draft')),
            ],
            options={
                'verbose_name': 'file of an answer',
                'verbose_name_plural': 'files of answers',
                'ordering': ['created_at'],
            },
        ),
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('state', models.CharField(choices=[('draft', 'Not published yet'), ('open', 'Open'), ('closed', 'Closed')], default='draft', max_length=10, verbose_name='state')),
                ('audience', models.CharField(choices=[('teachers', 'People of schools'), ('staff', 'Heads and editors of schools'), ('public', 'Anyone with the link')], default='teachers', max_length=10, verbose_name='filled in by')),
                ('working', models.JSONField(blank=True, default=dict, editable=False)),
                ('working_revision', models.PositiveIntegerField(default=0, editable=False)),
                ('pack', models.CharField(blank=True, editable=False, max_length=60)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='forms', to='cms.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'form',
                'verbose_name_plural': 'forms',
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='what changed')),
                ('published_at', models.DateTimeField(auto_now_add=True, verbose_name='published')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='forms.form', verbose_name='form')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'version of a form',
                'verbose_name_plural': 'versions of forms',
                'ordering': ['-number'],
            },
        ),
        migrations.AddField(
            model_name='form',
            name='live',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.formversion'),
        ),
        migrations.AddField(
            model_name='draft',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='forms.formversion', verbose_name='form'),
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=120, verbose_name='name')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=200)),
                ('state', models.CharField(choices=[('active', 'Active'), ('left', 'Left'), ('merged', 'Merged into another')], default='active', max_length=10, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=0)),
                ('id_blind', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='forms.record')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='cms.school', verbose_name='school')),
                ('register', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='forms.register', verbose_name='register')),
            ],
            options={
                'verbose_name': 'record',
                'verbose_name_plural': 'records',
                'ordering': ['sort_key'],
            },
        ),
        migrations.AddField(
            model_name='draft',
            name='subject',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='forms.record'),
        ),
        migrations.CreateModel(
            name='RecordKeeper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(auto_now_add=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keepers', to='forms.record')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_records', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'keeper of a record',
                'verbose_name_plural': 'keepers of records',
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('uuid', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('receipt', models.CharField(max_length=24, unique=True, verbose_name='receipt number')),
                ('state', models.CharField(choices=[('submitted', 'Submitted'), ('returned', 'Returned for correction'), ('resubmitted', 'Submitted again'), ('approved', 'Approved'), ('withdrawn', 'Withdrawn')], default='submitted', max_length=12, verbose_name='state')),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='summary')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('submitted_at', models.DateTimeField(auto_now_add=True, verbose_name='submitted')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='forms.form', verbose_name='form')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='cms.school', verbose_name='school')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='forms.record', verbose_name='about')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='form_submissions', to=settings.AUTH_USER_MODEL, verbose_name='submitted by')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='forms.formversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'submission',
                'verbose_name_plural': 'submissions',
                'ordering': ['-submitted_at'],
            },
        ),
        migrations.CreateModel(
            name='SubmissionRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kept_answers', models.JSONField(default=dict)),
                ('kept_calculated', models.JSONField(blank=True, default=dict)),
                ('digest', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='forms.submission')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.formversion')),
            ],
            options={
                'verbose_name': 'revision of a submission',
                'verbose_name_plural': 'revisions of submissions',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='RecordVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('base', models.PositiveIntegerField(default=0)),
                ('kept_data', models.JSONField(default=dict)),
                ('changed', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='forms.record')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='record_versions', to='forms.submissionrevision')),
            ],
            options={
                'verbose_name': 'version of a record',
                'verbose_name_plural': 'versions of records',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(max_length=64, verbose_name='value')),
                ('label', models.CharField(max_length=200, verbose_name='label')),
                ('parent', models.CharField(blank=True, max_length=64, verbose_name='parent')),
                ('position', models.PositiveIntegerField(default=0)),
                ('retired', models.BooleanField(default=False, verbose_name='retired')),
                ('extra', models.JSONField(blank=True, default=dict)),
                ('codes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='forms.codelist')),
            ],
            options={
                'verbose_name': 'code',
                'verbose_name_plural': 'codes',
                'ordering': ['position', 'value'],
                'indexes': [models.Index(fields=['codes', 'parent', 'position'], name='code_by_parent')],
                'constraints': [models.UniqueConstraint(fields=('codes', 'value'), name='code_once_in_list')],
            },
        ),
        migrations.AddConstraint(
            model_name='formversion',
            constraint=models.UniqueConstraint(fields=('form', 'number'), name='version_number_once'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['owner', 'state', '-updated_at'], name='draft_of_owner'),
        ),
        migrations.AddConstraint(
            model_name='recordkeeper',
            constraint=models.UniqueConstraint(fields=('record', 'user'), name='keeper_once'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['register', 'school', 'state', 'sort_key'], name='record_in_school'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['form', 'state', '-submitted_at'], name='submission_of_form'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['school', '-submitted_at'], name='submission_of_school'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['subject', '-submitted_at'], name='submission_about'),
        ),
        migrations.AddConstraint(
            model_name='submissionrevision',
            constraint=models.UniqueConstraint(fields=('submission', 'number'), name='revision_number_once'),
        ),
        migrations.AddConstraint(
            model_name='recordversion',
            constraint=models.UniqueConstraint(fields=('record', 'number'), name='record_version_once'),
        ),
    ]
